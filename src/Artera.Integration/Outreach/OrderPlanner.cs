using System.Collections.Frozen;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Patients;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>The rules of planning for recalls and referrals. Pure, as <see cref="Planner"/> is for appointments.</summary>
internal static class OrderPlanner
{
    /// <returns>Null when the trigger has nothing to do with the order as it stands.</returns>
    public static Verdict? Decide(
        Trigger trigger, Order order, Patient patient, PracticeCalendar calendar, QuietHours quiet, Predicate<Medium> serves, Instant now)
    {
        if (AnchorOf(trigger, order, calendar) is not { } anchor)
            return null;

        var due = DueTime.Of(trigger, anchor, calendar, quiet);
        var (reason, detail) = Obstacle(trigger, order, patient, calendar, now);
        if (reason is null && due.Dropped)
            reason = Reasons.QuietHours;
        if (reason is null && due.Due < (trigger.Timing.IsInstant ? now - Planner.Fresh : now))
            reason = Reasons.Passed;
        if (reason is null && order.ExpiresOn < calendar.Local(due.Due).Date)
            reason = Reasons.Expired;
        if (reason is null && Reach.For(trigger, patient, serves, FrozenSet<string>.Empty) is { Address: null } reach)
            reason = reach.Reason;
        return new Verdict(anchor, due.Due, reason, detail);
    }

    /// <summary>What speaks against sending at any time, on the data of this moment.</summary>
    public static (string? Reason, string? Detail) Obstacle(Trigger trigger, Order order, Patient patient, PracticeCalendar calendar, Instant now)
    {
        if (patient.Deceased)
            return (Reasons.Deceased, null);
        if (patient.DoNotContact)
            return (Reasons.DoNotContact, null);
        if (!trigger.Running)
            return (Reasons.Paused, null);
        if (order.Ended is { } ended && !(order.Active && SpeaksOfAStatus(trigger)))
            return (ended, null);
        var today = calendar.Local(now).Date;
        if (order.ExpiresOn < today)
            return (Reasons.Expired, null);
        return trigger.Filters.Against(order, patient, today) is { } filter ? (Reasons.Filtered, filter) : default;
    }

    /// <summary>What the trigger's time counts from; null when that has not happened.</summary>
    public static Instant? AnchorOf(Trigger trigger, Order order, PracticeCalendar calendar)
    {
        Instant? anchor = trigger.Timing.Anchor switch
        {
            Anchor.Created => order.CreatedAt,
            Anchor.Due when order.DueOn is { } due => calendar.At(due.AtMidnight()),
            Anchor.SchedulingStatusChanged => order.SchedulingAt,
            Anchor.AuthorizationStatusChanged => order.AuthorizationAt,
            _ => null,
        };
        return anchor is { } instant ? InstantAsUtc.Truncate(instant) : null;
    }

    private static bool SpeaksOfAStatus(Trigger trigger) =>
        trigger.Timing.Anchor is Anchor.SchedulingStatusChanged or Anchor.AuthorizationStatusChanged;
}
