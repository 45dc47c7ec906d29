using System.Collections.Frozen;
using Artera.Integration.Delivery;
using Artera.Integration.Patients;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>What a trigger decides about a visit, a recall or a referral: planned for when, or not and why.</summary>
/// <param name="Anchor">What the time counts from.</param>
/// <param name="Due">When it is sent, or would have been.</param>
/// <param name="Reason">A word of <see cref="Reasons"/>; null when it is planned.</param>
internal readonly record struct Verdict(Instant Anchor, Instant Due, string? Reason = null, string? Detail = null)
{
    public bool IsPlanned => Reason is null;
}

/// <summary>The rules of planning. Pure: the same subject, patient, calendar and moment give the same verdict.</summary>
internal static class Planner
{
    /// <summary>How late a trigger may first hear of what it answers at once: a status or trigger that turns up days
    /// after its moment must not text about the past.</summary>
    private static readonly Duration Fresh = Duration.FromHours(1);

    /// <param name="quietly">What happened became known long after: only what is still ahead may be planned.</param>
    /// <returns>Null when the trigger has nothing to do with the subject as it stands.</returns>
    public static Verdict? Decide(
        Trigger trigger, Subject subject, Patient patient, PracticeCalendar calendar, QuietHours quiet, Predicate<Medium> serves, Instant now, bool quietly = false)
    {
        if (subject.AnchorOf(trigger, calendar) is not { } anchor)
            return null;

        var due = DueTime.Of(trigger, anchor, calendar, quiet);
        if (quietly && trigger.Timing.Anchor != Anchor.Start && (trigger.Timing.IsInstant || due.Due <= now))
            return new Verdict(anchor, due.Due, Reasons.Replayed);
        var (reason, detail) = Obstacle(trigger, subject, patient, calendar, now);
        if (reason is null && due.Dropped)
            reason = Reasons.QuietHours;
        if (reason is null)
            (reason, detail) = subject.TooLate(trigger, due, calendar);
        if (reason is null && due.Due < (trigger.Timing.IsInstant ? now - Fresh : now))
            reason = Reasons.Passed;
        if (reason is null && Reach.For(trigger, patient, serves, FrozenSet<string>.Empty) is { Address: null } reach)
            reason = reach.Reason;
        return new Verdict(anchor, due.Due, reason, detail);
    }

    /// <summary>What speaks against sending at any time, on the data of this moment.</summary>
    public static (string? Reason, string? Detail) Obstacle(Trigger trigger, Subject subject, Patient patient, PracticeCalendar calendar, Instant now)
    {
        if (patient.Deceased)
            return (Reasons.Deceased, null);
        if (patient.DoNotContact)
            return (Reasons.DoNotContact, null);
        if (!trigger.Running)
            return (Reasons.Paused, null);
        if (subject.Obstacle(trigger, calendar, now) is { Reason: not null } obstacle)
            return obstacle;
        return trigger.Filters.Against(subject, patient, calendar.Local(now).Date) is { } filter ? (Reasons.Filtered, filter) : default;
    }
}
