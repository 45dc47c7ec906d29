namespace Artera.Integration.Mapping;

/// <summary>Every field of the mapping language; the loader, the JSON schema and the mapper share this list.</summary>
internal static class MappingFields
{
    private static readonly List<MappingField> Known = [];

    public static readonly MappingField PatientId = Add("patient", "id", ValueKind.Text, "The one identifier that patients match on.");
    public static readonly MappingField Given = Add("patient", "given", ValueKind.Text, "Given name.");
    public static readonly MappingField Family = Add("patient", "family", ValueKind.Text, "Family name.");
    public static readonly MappingField Preferred = Add("patient", "preferred", ValueKind.Text, "The name the person goes by.");
    public static readonly MappingField Born = Add("patient", "born", ValueKind.Date, "Birth date.");
    public static readonly MappingField Sex = Add("patient", "sex", ValueKind.Sex, "female, male, other, unknown, or the codes of HL7 table 0001.");
    public static readonly MappingField Language = Add("patient", "language", ValueKind.Language, "Language; ISO 639 codes and English names need no table.");
    public static readonly MappingField Deceased = Add("patient", "deceased", ValueKind.Flag, "Yes when any of the paths says Y, yes, true, 1 or a date.");
    public static readonly MappingField DoNotContact = Add("patient", "do-not-contact", ValueKind.Flag, "Yes when any of the paths says so: triggers leave the patient alone.");
    public static readonly MappingField Medium = Add("patient", "medium", ValueKind.Medium, "Preferred medium: sms, email or voice.");
    public static readonly MappingField Merged = Add("patient", "merged", ValueKind.Text, "The identifier that a merge retires (MRG-1).");

    public static readonly MappingField Cell = Add("contact", "cell", ValueKind.Phone, "Mobile phone.");
    public static readonly MappingField Home = Add("contact", "home", ValueKind.Phone, "Home phone.");
    public static readonly MappingField Work = Add("contact", "work", ValueKind.Phone, "Work phone.");
    public static readonly MappingField Email = Add("contact", "email", ValueKind.Email, "E-mail address.");
    public static readonly MappingField NoTexts = Add("contact", "no-texts", ValueKind.Flag, "Yes when any of the paths says so: opted out of text messages in the EMR.");
    public static readonly MappingField NoEmails = Add("contact", "no-emails", ValueKind.Flag, "Yes when any of the paths says so: opted out of e-mail in the EMR.");
    public static readonly MappingField NoCalls = Add("contact", "no-calls", ValueKind.Flag, "Yes when any of the paths says so: opted out of calls in the EMR.");

    public static readonly MappingField AppointmentId = Add("appointment", "id", ValueKind.Text, "The one identifier that appointments match on.");
    public static readonly MappingField Start = Add("appointment", "start", ValueKind.Start, "When the visit starts.");
    public static readonly MappingField Minutes = Add("appointment", "minutes", ValueKind.Minutes, "How long it takes; the unit beside the field is read with it.");
    public static readonly MappingField Type = Add("appointment", "type", ValueKind.Code, "Visit type.");
    public static readonly MappingField Provider = Add("appointment", "provider", ValueKind.Code, "Who sees the patient.");
    public static readonly MappingField Location = Add("appointment", "location", ValueKind.Code, "Where; it decides which practice owns the visit.");
    public static readonly MappingField Device = Add("appointment", "device", ValueKind.Code, "The device that is booked with it.");
    public static readonly MappingField General = Add("appointment", "general", ValueKind.Code, "What else is booked with it: a room, a team, a service.");
    public static readonly MappingField Status = Add("appointment", "status", ValueKind.Status, "booked, confirmed, arrived, completed, cancelled, no-show, deleted; read where the event leaves it open.");
    public static readonly MappingField CancelReason = Add("appointment", "cancel-reason", ValueKind.Text, "Why it was cancelled.");
    public static readonly MappingField Replaces = Add("appointment", "replaces", ValueKind.Text, "The identifier of the appointment that this one replaces.");
    public static readonly MappingField Series = Add("appointment", "series", ValueKind.Text, "What the visits of one series share.");
    public static readonly MappingField ChangedBy = Add("appointment", "changed-by", ValueKind.Text, "Who caused the change.");
    public static readonly MappingField Moved = Add("appointment", "moved", ValueKind.Text, "The visit that a move gives to another patient (MRG-5).");
    public static readonly MappingField Renumbered = Add("appointment", "renumbered", ValueKind.Text, "The identifier that a visit has from now on (PV1-19), instead of the moved one.");

    public static readonly MappingField RecallId = Add("recall", "id", ValueKind.Text, "The one identifier that recalls match on.");
    public static readonly MappingField RecallChange = Add("recall", "change", ValueKind.Change, "active, cancelled or completed (ORC-1, ORC-5).");
    public static readonly MappingField RecallDue = Add("recall", "due", ValueKind.Date, "When the patient should have been seen.");
    public static readonly MappingField RecallType = Add("recall", "type", ValueKind.Code, "What for.");
    public static readonly MappingField RecallPriority = Add("recall", "priority", ValueKind.Text, "Priority (TQ1-9, ORC-7.6).");
    public static readonly MappingField RecallProvider = Add("recall", "provider", ValueKind.Code, "With whom.");
    public static readonly MappingField RecallLocation = Add("recall", "location", ValueKind.Code, "Where.");

    public static readonly MappingField ReferralId = Add("referral", "id", ValueKind.Text, "The one identifier that referrals match on.");
    public static readonly MappingField ReferralChange = Add("referral", "change", ValueKind.Change, "active, cancelled or completed.");
    public static readonly MappingField ReferralType = Add("referral", "type", ValueKind.Code, "What for.");
    public static readonly MappingField ReferralPriority = Add("referral", "priority", ValueKind.Text, "Priority (RF1-2).");
    public static readonly MappingField ReferralScheduling = Add("referral", "scheduling", ValueKind.Text, "Scheduling status, in the words of a table.");
    public static readonly MappingField ReferralAuthorization = Add("referral", "authorization", ValueKind.Text, "Authorization status, in the words of a table (RF1-1).");
    public static readonly MappingField ReferralProvider = Add("referral", "provider", ValueKind.Code, "The provider referred to.");
    public static readonly MappingField ReferralLocation = Add("referral", "location", ValueKind.Code, "Where.");
    public static readonly MappingField ReferralExpires = Add("referral", "expires", ValueKind.Date, "Until when it is good (RF1-8).");

    public static IReadOnlyList<MappingField> All => Known;

    public static readonly IReadOnlyList<string> Sections = [.. Known.Select(field => field.Section).Distinct()];

    /// <summary>The fields that a mapping of this form may have: in FHIR moves and merges are told by links.</summary>
    public static IEnumerable<MappingField> Of(MessageForm form) =>
        form == MessageForm.Hl7 ? Known : Known.Where(field => field != Merged && field != Moved && field != Renumbered);

    private static MappingField Add(string section, string key, ValueKind kind, string meaning)
    {
        var field = new MappingField(Known.Count, section, key, kind, meaning);
        Known.Add(field);
        return field;
    }
}
