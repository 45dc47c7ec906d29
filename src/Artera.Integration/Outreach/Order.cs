using Artera.Integration.Data;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>A recall or a referral, and the rules of speaking of one.</summary>
/// <param name="Ended">Why the patient need not be called any more: a word of <see cref="Reasons"/>; null while that is open.</param>
/// <param name="Active">The EMR has neither completed nor cancelled it.</param>
internal sealed record Order(
    TriggerModule Module,
    long Id,
    long PatientId,
    long? PracticeId,
    string Emr,
    Instant CreatedAt,
    string? Ended,
    bool Active,
    string? TypeCode,
    string? Priority,
    string? ProviderCode,
    string? ProviderText,
    string? LocationCode,
    string? LocationText)
    : Subject(Module, Id, PatientId, PracticeId, Emr, TypeCode, ProviderCode, ProviderText, LocationCode, LocationText)
{
    public LocalDate? DueOn { get; private init; }

    public LocalDate? ExpiresOn { get; private init; }

    public string? Scheduling { get; private init; }

    public Instant? SchedulingAt { get; private init; }

    public string? Authorization { get; private init; }

    public Instant? AuthorizationAt { get; private init; }

    public static Order Of(Recall recall) => new(
        TriggerModule.Recall, recall.Id, recall.PatientId, recall.PracticeId, recall.Emr, recall.CreatedAt,
        EndOf(recall.IsOpen, recall.Status == RecallStatus.Active), recall.Status == RecallStatus.Active,
        recall.TypeCode, recall.Priority, recall.ProviderCode, recall.ProviderText, recall.LocationCode, recall.LocationText)
    {
        DueOn = recall.DueOn,
    };

    public static Order Of(Referral referral) => new(
        TriggerModule.Referral, referral.Id, referral.PatientId, referral.PracticeId, referral.Emr, referral.CreatedAt,
        EndOf(referral.IsOpen, referral.Status == ReferralStatus.Active), referral.Status == ReferralStatus.Active,
        referral.TypeCode, referral.Priority, referral.ProviderCode, referral.ProviderText, referral.LocationCode, referral.LocationText)
    {
        ExpiresOn = referral.ExpiresOn,
        Scheduling = referral.Scheduling,
        SchedulingAt = referral.SchedulingAt,
        Authorization = referral.AuthorizationStatus,
        AuthorizationAt = referral.AuthorizationAt,
    };

    public override Instant? AnchorOf(Trigger trigger, PracticeCalendar calendar)
    {
        Instant? anchor = trigger.Timing.Anchor switch
        {
            Anchor.Created => CreatedAt,
            Anchor.Due when DueOn is { } due => calendar.At(due.AtMidnight()),
            Anchor.SchedulingStatusChanged => SchedulingAt,
            Anchor.AuthorizationStatusChanged => AuthorizationAt,
            _ => null,
        };
        return anchor is { } instant ? InstantAsUtc.Truncate(instant) : null;
    }

    public override (string? Reason, string? Detail) Obstacle(Trigger trigger, PracticeCalendar calendar, Instant now)
    {
        if (Ended is { } ended && !(Active && SpeaksOfAStatus(trigger)))
            return (ended, null);
        return ExpiresOn < calendar.Local(now).Date ? (Reasons.Expired, null) : default;
    }

    public override (string? Reason, string? Detail) TooLate(Trigger trigger, DueTime due, PracticeCalendar calendar) =>
        ExpiresOn < calendar.Local(due.Due).Date ? (Reasons.Expired, null) : default;

    public override Instant? NotAfter(Trigger trigger) => null;

    public override string? Value(FilterOn on) => on switch
    {
        FilterOn.EventType => TypeCode,
        FilterOn.Location => LocationCode,
        FilterOn.Provider => ProviderCode,
        FilterOn.Priority => Priority,
        FilterOn.SchedulingStatus => Scheduling,
        FilterOn.AuthorizationStatus => Authorization,
        _ => null,
    };

    private static bool SpeaksOfAStatus(Trigger trigger) =>
        trigger.Timing.Anchor is Anchor.SchedulingStatusChanged or Anchor.AuthorizationStatusChanged;

    private static string? EndOf(bool open, bool active) => open ? null : active ? Reasons.VisitBooked : Reasons.Ended;
}
