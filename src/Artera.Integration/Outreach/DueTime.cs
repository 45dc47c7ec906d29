using Artera.Integration.Appointments;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>When a message falls due once quiet hours, holidays and business days have had their say.</summary>
/// <param name="Due">When it is sent, or would have been.</param>
/// <param name="Dropped">The quiet hours swallow it.</param>
/// <param name="Moved">Another moment than the trigger's words mean.</param>
internal readonly record struct DueTime(Instant Due, bool Dropped = false, bool Moved = false)
{
    private const int DaysToLookForAnOpenOne = 60;

    /// <summary>An EMR books a day's visits one by one: a rule that merges them waits for the others.</summary>
    private static readonly Duration Collecting = Duration.FromMinutes(2);

    public static DueTime Of(Trigger trigger, Instant anchor, PracticeCalendar calendar, QuietHours quiet)
    {
        var timing = trigger.Timing;
        var meant = timing.Count(anchor, calendar);
        if (timing.Anchor == Anchor.Cancelled)
            meant = Instant.Max(meant, anchor + Rebooked.Within);
        if (trigger.Merges && timing is { IsInstant: true, Anchor: Anchor.Booked or Anchor.Changed or Anchor.Cancelled })
            meant = Instant.Max(meant, anchor + Collecting);
        var due = meant;
        if (trigger.Quiet != QuietMode.SendAnyway && quiet.Contain(calendar.Local(meant).TimeOfDay))
        {
            if (trigger.Quiet == QuietMode.Drop)
                return new(meant, Dropped: true);
            due = timing.IsInstant ? calendar.At(quiet.Morning(calendar.Local(meant))) : OutOfTheNight(timing, meant, anchor, calendar, quiet);
        }

        if (!timing.IsInstant)
            due = ToOpenDay(timing, due, calendar);
        return new(due, Moved: due != meant);
    }

    /// <summary>The rule decides between evening and morning; the anchor is never crossed.</summary>
    private static Instant OutOfTheNight(Timing timing, Instant meant, Instant anchor, PracticeCalendar calendar, QuietHours quiet)
    {
        var local = calendar.Local(meant);
        var evening = calendar.At(quiet.EveningBefore(local));
        var morning = calendar.At(quiet.Morning(local));
        var due = quiet.BelongToTheEvening(local.TimeOfDay) ? evening : morning;
        if (timing.Before)
            return due < anchor ? due : evening;
        return due >= anchor ? due : morning;
    }

    private static Instant ToOpenDay(Timing timing, Instant due, PracticeCalendar calendar)
    {
        var local = calendar.Local(due);
        if (IsOpen(timing, local.Date, calendar))
            return due;

        var step = timing.Before ? -1 : 1;
        for (var days = step; Math.Abs(days) <= DaysToLookForAnOpenOne; days += step)
        {
            if (IsOpen(timing, local.Date.PlusDays(days), calendar))
                return calendar.At(local.PlusDays(days));
        }

        return due;
    }

    private static bool IsOpen(Timing timing, LocalDate date, PracticeCalendar calendar) =>
        !calendar.IsHoliday(date) && (!timing.BusinessDays || calendar.IsOpenWeekday(date));
}
