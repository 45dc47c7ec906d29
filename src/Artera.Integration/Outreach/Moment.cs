using Artera.Integration.Patients;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>Whether this is the moment for a planned message that is due: yes, later, or not at all and why. Pure.</summary>
/// <param name="Later">When to look again; null when it is decided now.</param>
/// <param name="Reason">Why it is not sent; null when it is, or later.</param>
/// <param name="Waiting">Why later.</param>
internal readonly record struct Moment(Instant? Later, string? Reason = null, string? Detail = null, string Waiting = Reasons.QuietHours)
{
    /// <param name="trigger">Null when the practice no longer has it.</param>
    public static Moment Of(
        PlannedMessage row, Trigger? trigger, Subject subject, Patient patient, PracticeCalendar calendar, OutreachOptions options, Instant now)
    {
        if (trigger is null || !StillCounts(row, trigger, subject, calendar))
            return new(null, Reasons.Superseded);
        if (Planner.Obstacle(trigger, subject, patient, calendar, now) is { Reason: { } reason, Detail: var detail })
            return new(null, reason, detail);

        var quiet = options.Quiet;
        var due = DueTime.Of(trigger, row.Anchor, calendar, quiet);
        if (due.Dropped)
            return new(null, Reasons.QuietHours);
        if (due.Due > now)
            return new(due.Due);
        if (subject.Waits(calendar, quiet, now) is { } wait)
            return new(wait.Until, Waiting: wait.Reason);
        if (subject.Lapses && row.DueAt + Duration.FromTimeSpan(options.LateBy) < now)
            return new(null, Reasons.Passed, "nobody was there to send it in time");

        var local = calendar.Local(now);
        if (trigger.Quiet == QuietMode.SendAnyway || !quiet.Contain(local.TimeOfDay))
            return default;
        return trigger.Quiet == QuietMode.Drop ? new(null, Reasons.QuietHours) : new(calendar.At(quiet.Morning(local)));
    }

    private static bool StillCounts(PlannedMessage row, Trigger trigger, Subject subject, PracticeCalendar calendar) =>
        subject.AnchorOf(trigger, calendar) is { } anchor && (anchor == row.Anchor || trigger.Timing.Anchor == Anchor.SystemStatusChanged);
}
