using Artera.Integration.Mapping.Reading;

namespace Artera.Integration.Mapping.Golden;

/// <summary>What an event states, field by field, in the order of the mapping language.</summary>
internal static class EventFields
{
    public static IEnumerable<(string Key, string? Value)> Of(EmrEvent happened, MessageClock clock) =>
        Head(happened).Concat(Patient(happened.Patient, clock)).Concat(happened switch
        {
            AppointmentChanged { Appointment: var visit } => Visit(visit, clock),
            RecallChanged recall => Recall(recall, clock),
            ReferralChanged referral => Referral(referral, clock),
            PatientsMerged merge => [("patient.merged", merge.LosingId)],
            _ => [],
        });

    private static IEnumerable<(string Key, string? Value)> Head(EmrEvent happened) =>
    [
        ("event", Kebab.Of(happened.GetType().Name)),
        ("change", happened switch
        {
            AppointmentChanged { Change: var change } => Kebab.Of(change.ToString()),
            RecallChanged { Change: var change } => Kebab.Of(change.ToString()),
            ReferralChanged { Change: var change } => Kebab.Of(change.ToString()),
            _ => null,
        }),
    ];

    private static IEnumerable<(string Key, string? Value)> Patient(PatientFacts patient, MessageClock clock) =>
    [
        (MappingFields.PatientId.Name, patient.Id),
        Field(MappingFields.Given, patient.Given, clock),
        Field(MappingFields.Family, patient.Family, clock),
        Field(MappingFields.Preferred, patient.Preferred, clock),
        Field(MappingFields.Born, patient.Born, clock),
        Field(MappingFields.Sex, patient.Sex, clock),
        Field(MappingFields.Language, patient.Language, clock),
        Field(MappingFields.Deceased, patient.Deceased, clock),
        Field(MappingFields.DoNotContact, patient.DoNotContact, clock),
        Field(MappingFields.Medium, patient.PreferredMedium, clock),
        Field(MappingFields.Cell, patient.Cell, clock),
        Field(MappingFields.Home, patient.Home, clock),
        Field(MappingFields.Work, patient.Work, clock),
        Field(MappingFields.Email, patient.Email, clock),
        Field(MappingFields.NoTexts, patient.NoTexts, clock),
        Field(MappingFields.NoEmails, patient.NoEmails, clock),
        Field(MappingFields.NoCalls, patient.NoCalls, clock),
    ];

    private static IEnumerable<(string Key, string? Value)> Visit(AppointmentFacts visit, MessageClock clock) =>
    [
        (MappingFields.AppointmentId.Name, visit.Id),
        Field(MappingFields.Start, visit.Start, clock),
        Field(MappingFields.Minutes, visit.Minutes, clock),
        Field(MappingFields.Type, visit.Type, clock),
        Field(MappingFields.Provider, visit.Provider, clock),
        Field(MappingFields.Location, visit.Location, clock),
        Field(MappingFields.Device, visit.Device, clock),
        Field(MappingFields.General, visit.General, clock),
        Field(MappingFields.Status, visit.Status, clock),
        Field(MappingFields.CancelReason, visit.CancelReason, clock),
        Field(MappingFields.Replaces, visit.Replaces, clock),
        Field(MappingFields.Series, visit.Series, clock),
        Field(MappingFields.ChangedBy, visit.ChangedBy, clock),
    ];

    private static IEnumerable<(string Key, string? Value)> Recall(RecallChanged recall, MessageClock clock) =>
    [
        (MappingFields.RecallId.Name, recall.Id),
        Field(MappingFields.RecallDue, recall.Due, clock),
        Field(MappingFields.RecallType, recall.Type, clock),
        Field(MappingFields.RecallPriority, recall.Priority, clock),
        Field(MappingFields.RecallProvider, recall.Provider, clock),
        Field(MappingFields.RecallLocation, recall.Location, clock),
    ];

    private static IEnumerable<(string Key, string? Value)> Referral(ReferralChanged referral, MessageClock clock) =>
    [
        (MappingFields.ReferralId.Name, referral.Id),
        Field(MappingFields.ReferralType, referral.Type, clock),
        Field(MappingFields.ReferralPriority, referral.Priority, clock),
        Field(MappingFields.ReferralScheduling, referral.SchedulingStatus, clock),
        Field(MappingFields.ReferralAuthorization, referral.AuthorizationStatus, clock),
        Field(MappingFields.ReferralProvider, referral.Provider, clock),
        Field(MappingFields.ReferralLocation, referral.Location, clock),
        Field(MappingFields.ReferralExpires, referral.Expires, clock),
    ];

    private static (string Key, string? Value) Field<T>(MappingField field, Stated<T> stated, MessageClock clock) =>
        (field.Name, stated.IsNothing ? null : stated.IsErased ? ResultYaml.Erased : Shown.Of(stated.Value, clock));
}
