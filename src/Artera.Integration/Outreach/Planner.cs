using System.Collections.Frozen;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>What a trigger decides about an appointment: planned for when, or not and why.</summary>
/// <param name="Anchor">What the time counts from.</param>
/// <param name="Due">When it is sent, or would have been.</param>
/// <param name="Reason">A word of <see cref="Reasons"/>; null when it is planned.</param>
internal readonly record struct Verdict(Instant Anchor, Instant Due, string? Reason = null, string? Detail = null)
{
    public bool IsPlanned => Reason is null;
}

/// <summary>The rules of planning. Pure: the same appointment, patient, calendar and moment give the same verdict.</summary>
internal static class Planner
{
    /// <summary>How late a trigger may first hear of what it answers at once: a status or trigger that turns up days
    /// after its moment must not text about the past.</summary>
    internal static readonly Duration Fresh = Duration.FromHours(1);

    /// <summary>How long after a visit its end may still be answered; EMRs close old visits in bulk.</summary>
    private static readonly Duration AfterVisit = Duration.FromDays(7);

    /// <param name="quietly">What happened became known long after: only what is still ahead may be planned.</param>
    /// <returns>Null when the trigger has nothing to do with the appointment as it stands.</returns>
    public static Verdict? Decide(
        Trigger trigger, Appointment appointment, Patient patient, PracticeCalendar calendar, QuietHours quiet, Predicate<Medium> serves, Instant now, bool quietly = false)
    {
        if (AnchorOf(trigger, appointment) is not { } anchor)
            return null;

        var due = DueTime.Of(trigger, anchor, calendar, quiet);
        if (quietly && trigger.Timing.Anchor != Anchor.Start && (trigger.Timing.IsInstant || due.Due <= now))
            return new Verdict(anchor, due.Due, Reasons.Replayed);
        var (reason, detail) = Obstacle(trigger, appointment, patient, calendar, now);
        if (reason is null)
            (reason, detail) = TooLate(trigger, appointment, due, now);
        if (reason is null && Reach.For(trigger, patient, serves, FrozenSet<string>.Empty) is { Address: null } reach)
            reason = reach.Reason;
        return new Verdict(anchor, due.Due, reason, detail);
    }

    /// <summary>What speaks against sending at any time, on the data of this moment.</summary>
    public static (string? Reason, string? Detail) Obstacle(
        Trigger trigger, Appointment appointment, Patient patient, PracticeCalendar calendar, Instant now)
    {
        if (patient.Deceased)
            return (Reasons.Deceased, null);
        if (patient.DoNotContact)
            return (Reasons.DoNotContact, null);
        if (!trigger.Running)
            return (Reasons.Paused, null);
        if (appointment.ReplacedById is not null)
            return (Reasons.Replaced, null);
        if (IsCancelled(appointment) && !OutlivesCancelling(trigger, appointment))
            return (Reasons.Cancelled, null);
        if (appointment.StartsAt is not { } start)
            return (Reasons.NoStart, null);
        if (appointment.DayOnly && NeedsTime(trigger))
            return (Reasons.DayOnly, null);
        if (IsAhead(trigger) && start <= now)
            return (Reasons.Started, null);
        return trigger.Filters.Against(appointment, patient, calendar.Local(now).Date) is { } filter
            ? (Reasons.Filtered, filter)
            : default;
    }

    /// <summary>What the trigger's time counts from; null when that has not happened.</summary>
    public static Instant? AnchorOf(Trigger trigger, Appointment appointment)
    {
        var anchor = trigger.Timing.Anchor switch
        {
            Anchor.Booked when appointment.ReplacesId is null => appointment.BookedAt,
            Anchor.PatientStatusChanged when trigger.Filters.AwaitStatus(FilterOn.PatientStatus, appointment) => appointment.PatientStatusAt,
            Anchor.Changed => appointment.ChangedAt,
            Anchor.Cancelled when appointment.ReplacedById is null => appointment.CancelledAt,
            Anchor.SystemStatusChanged when IsOver(appointment) && trigger.Filters.AwaitStatus(FilterOn.SystemStatus, appointment) =>
                appointment.SystemStatusAt,
            Anchor.Start => Start(appointment),
            _ => null,
        };
        return anchor is { } instant ? InstantAsUtc.Truncate(instant) : null;
    }

    /// <summary>A day without a time counts from its noon: that is the same day in the zones around.</summary>
    private static Instant? Start(Appointment appointment) =>
        appointment.DayOnly ? appointment.StartsAt + Duration.FromHours(12) : appointment.StartsAt;

    private static (string? Reason, string? Detail) TooLate(Trigger trigger, Appointment appointment, DueTime due, Instant now)
    {
        if (due.Dropped)
            return (Reasons.QuietHours, null);
        if (IsAhead(trigger) && due.Due >= appointment.StartsAt)
            return due.Moved ? (Reasons.QuietHours, "it would have come after the start") : (Reasons.Started, "it would have come after the start");
        if (trigger.Timing.Anchor == Anchor.SystemStatusChanged && appointment.StartsAt + AfterVisit < appointment.SystemStatusAt)
            return (Reasons.Passed, "the visit was long ago");
        return due.Due < (trigger.Timing.IsInstant ? now - Fresh : now) ? (Reasons.Passed, null) : default;
    }

    /// <summary>It speaks of a visit that is to come.</summary>
    public static bool IsAhead(Trigger trigger) => trigger.Timing.Anchor switch
    {
        Anchor.Start => trigger.Timing.Before,
        Anchor.SystemStatusChanged => false,
        _ => true,
    };

    private static bool NeedsTime(Trigger trigger) =>
        trigger.SaysTime || trigger.Timing is { Anchor: Anchor.Start, At: null };

    private static bool IsOver(Appointment appointment) =>
        appointment.SystemStatus is EmrStatus.Arrived or EmrStatus.Completed or EmrStatus.NoShow;

    private static bool IsCancelled(Appointment appointment) =>
        appointment.SystemStatus is EmrStatus.Cancelled or EmrStatus.Deleted;

    /// <summary>The patient who cancelled hears that it was understood, also when the EMR is quicker than we are.</summary>
    private static bool OutlivesCancelling(Trigger trigger, Appointment appointment) => trigger.Timing.Anchor switch
    {
        Anchor.Cancelled or Anchor.SystemStatusChanged => true,
        Anchor.PatientStatusChanged => appointment.PatientStatus != PatientStatus.Confirmed,
        _ => false,
    };
}
