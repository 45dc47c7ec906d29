using Artera.Integration.Mapping;

namespace Artera.Integration.Inbound;

/// <summary>
/// What is looked up must fit an index, in every database: an identifier or a name that does not is no identifier, and cut
/// off it might be another's. A person must look at the message.
/// </summary>
internal static class TooLong
{
    private const int LookedUp = 200;
    private const int Shown = 1000;

    /// <summary>The first thing that these events say at more length than can be kept; null when all can.</summary>
    public static Cause? In(IReadOnlyList<EmrEvent> events)
    {
        foreach (var happened in events)
        {
            if ((Of(happened.Patient) ?? Of(happened)) is { } field)
                return new Cause("too-long", field, field);
        }

        return null;
    }

    private static string? Of(PatientFacts patient)
    {
        if (patient.Id.Length > LookedUp)
            return "patient.id";
        if (Exceeds(patient.Family, LookedUp))
            return "patient.family";
        if (Exceeds(patient.Given, LookedUp))
            return "patient.given";
        if (Exceeds(patient.Preferred, Shown))
            return "patient.preferred";
        return Exceeds(patient.Email, LookedUp) ? "patient.email" : null;
    }

    private static string? Of(EmrEvent happened) => happened switch
    {
        PatientsMerged merged => merged.LosingId.Length > LookedUp ? "merge.losing" : null,
        AppointmentChanged { Appointment: var visit } => Of(visit),
        RecallChanged recall => recall.Id.Length > LookedUp ? "recall.id" : Of("recall", recall.Type, recall.Provider, recall.Location),
        ReferralChanged referral => referral.Id.Length > LookedUp ? "referral.id" : Of("referral", referral.Type, referral.Provider, referral.Location),
        _ => null,
    };

    private static string? Of(AppointmentFacts visit)
    {
        if (visit.Id.Length > LookedUp)
            return "appointment.id";
        if (Exceeds(visit.Replaces, LookedUp))
            return "appointment.replaces";
        if (Exceeds(visit.Device) || Exceeds(visit.General))
            return Exceeds(visit.Device) ? "appointment.device" : "appointment.general";
        return Exceeds(visit.Series, LookedUp) ? "appointment.series" : Of("appointment", visit.Type, visit.Provider, visit.Location);
    }

    private static string? Of(string section, Stated<Coded> type, Stated<Coded> provider, Stated<Coded> location)
    {
        if (Exceeds(type))
            return $"{section}.type";
        if (Exceeds(provider))
            return $"{section}.provider";
        return Exceeds(location) ? $"{section}.location" : null;
    }

    private static bool Exceeds(Stated<string> text, int most) => text.HasValue && text.Value.Length > most;

    private static bool Exceeds(Stated<Coded> coded) => coded.HasValue && (coded.Value.Code.Length > LookedUp || coded.Value.Text?.Length > Shown);
}
