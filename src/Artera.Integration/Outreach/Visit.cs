using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>An appointment, and the rules of speaking of one.</summary>
internal sealed record Visit(Appointment Appointment) : Subject(
    TriggerModule.Appointment, Appointment.Id, Appointment.PatientId, Appointment.PracticeId, Appointment.Emr,
    Appointment.TypeCode, Appointment.ProviderCode, Appointment.ProviderText, Appointment.LocationCode, Appointment.LocationText)
{
    /// <summary>How long after a visit its end may still be answered; EMRs close old visits in bulk.</summary>
    private static readonly Duration AfterVisit = Duration.FromDays(7);

    public override Instant? ChangedAt => Appointment.ChangedAt;

    public override Instant? AnchorOf(Trigger trigger, PracticeCalendar calendar)
    {
        var anchor = trigger.Timing.Anchor switch
        {
            Anchor.Booked when Appointment.ReplacesId is null => Appointment.BookedAt,
            Anchor.PatientStatusChanged when trigger.Filters.Await(FilterOn.PatientStatus, this) => Appointment.PatientStatusAt,
            Anchor.Changed => Appointment.ChangedAt,
            Anchor.Cancelled when Appointment.ReplacedById is null => Appointment.CancelledAt,
            Anchor.SystemStatusChanged when IsOver && trigger.Filters.Await(FilterOn.SystemStatus, this) => Appointment.SystemStatusAt,
            Anchor.Start => Start,
            _ => null,
        };
        return anchor is { } instant ? InstantAsUtc.Truncate(instant) : null;
    }

    public override (string? Reason, string? Detail) Obstacle(Trigger trigger, PracticeCalendar calendar, Instant now)
    {
        if (Appointment.ReplacedById is not null)
            return (Reasons.Replaced, null);
        if (IsCancelled && !OutlivesCancelling(trigger))
            return (Reasons.Cancelled, null);
        if (Appointment.StartsAt is not { } start)
            return (Reasons.NoStart, null);
        if (Appointment.DayOnly && NeedsTime(trigger))
            return (Reasons.DayOnly, null);
        return IsAhead(trigger) && start <= now ? (Reasons.Started, null) : default;
    }

    public override (string? Reason, string? Detail) TooLate(Trigger trigger, DueTime due, PracticeCalendar calendar)
    {
        if (IsAhead(trigger) && due.Due >= Appointment.StartsAt)
            return (due.Moved ? Reasons.QuietHours : Reasons.Started, "it would have come after the start");
        return trigger.Timing.Anchor == Anchor.SystemStatusChanged && Appointment.StartsAt + AfterVisit < Appointment.SystemStatusAt
            ? (Reasons.Passed, "the visit was long ago")
            : default;
    }

    public override Instant? NotAfter(Trigger trigger) => IsAhead(trigger) ? Appointment.StartsAt : null;

    public override string? CodeOf(ResourceKind kind) => kind switch
    {
        ResourceKind.Device => Appointment.DeviceCode,
        ResourceKind.General => Appointment.GeneralCode,
        _ => base.CodeOf(kind),
    };

    public override string? Value(FilterOn on) => on switch
    {
        FilterOn.PatientStatus => Answer.ToString(),
        FilterOn.SystemStatus => Appointment.SystemStatus.ToString(),
        FilterOn.EventType => TypeCode,
        FilterOn.Location => LocationCode,
        FilterOn.Provider => ProviderCode,
        FilterOn.Device => Appointment.DeviceCode,
        FilterOn.General => Appointment.GeneralCode,
        FilterOn.NoResponse => Appointment.PatientStatusAt is null ? "Yes" : "No",
        _ => null,
    };

    /// <summary>Whom the EMR has as confirmed need not be asked: that counts as the patient's answer.</summary>
    private PatientStatus Answer => Appointment is { PatientStatus: PatientStatus.Unconfirmed, SystemStatus: EmrStatus.Confirmed }
        ? PatientStatus.Confirmed
        : Appointment.PatientStatus;

    /// <summary>A day without a time counts from its noon: that is the same day in the zones around.</summary>
    private Instant? Start => Appointment.DayOnly ? Appointment.StartsAt + Duration.FromHours(12) : Appointment.StartsAt;

    private bool IsOver => Appointment.SystemStatus is EmrStatus.Arrived or EmrStatus.Completed or EmrStatus.NoShow;

    private bool IsCancelled => Appointment.SystemStatus is EmrStatus.Cancelled or EmrStatus.Deleted;

    /// <summary>The patient who cancelled hears that it was understood, also when the EMR is quicker than we are.</summary>
    private bool OutlivesCancelling(Trigger trigger) => trigger.Timing.Anchor switch
    {
        Anchor.Cancelled or Anchor.SystemStatusChanged => true,
        Anchor.PatientStatusChanged => Appointment.PatientStatus != PatientStatus.Confirmed,
        _ => false,
    };

    /// <summary>The trigger speaks of a visit that is to come.</summary>
    private static bool IsAhead(Trigger trigger) => trigger.Timing.Anchor switch
    {
        Anchor.Start => trigger.Timing.Before,
        Anchor.SystemStatusChanged => false,
        _ => true,
    };

    private static bool NeedsTime(Trigger trigger) => trigger.SaysTime || trigger.Timing is { Anchor: Anchor.Start, At: null };
}
