using Artera.Integration.Enterprise;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Artera.Integration.Outreach;

/// <summary>A practice's zone, and which of its days are open.</summary>
internal sealed class PracticeCalendar(Practice practice, IReadOnlyList<Holiday> holidays)
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>A local time that does not exist moves forward; one that occurs twice means the first.</summary>
    private static readonly ZoneLocalMappingResolver Lenient =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    public DateTimeZone Zone { get; } = practice.Zone;

    public LocalDateTime Local(Instant instant) => instant.InZone(Zone).LocalDateTime;

    public Instant At(LocalDateTime local) => Zone.ResolveLocal(local, Lenient).ToInstant();

    public bool IsHoliday(LocalDate date)
    {
        var closed = false;
        foreach (var holiday in holidays)
        {
            if (holiday.HealthSystemId != practice.HealthSystemId || !Falls(holiday, date))
                continue;
            if (holiday.PracticeId is not null && holiday.PracticeId != practice.Id)
                continue;
            if (holiday.OpenAnyway)
                return false;
            closed = true;
        }

        return closed;
    }

    public bool IsOpenWeekday(LocalDate date)
    {
        var day = date.DayOfWeek.ToString();
        return practice.Hours.Open.Exists(open => string.Equals(open.Day, day, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>In the practice's hours and on no holiday.</summary>
    public bool IsOpen(Instant instant)
    {
        var local = Local(instant);
        var day = local.DayOfWeek.ToString();
        var clock = Clock.Format(local.TimeOfDay);
        return !IsHoliday(local.Date) && practice.Hours.Open.Exists(open =>
            string.Equals(open.Day, day, StringComparison.OrdinalIgnoreCase)
            && string.CompareOrdinal(open.From, clock) <= 0 && string.CompareOrdinal(clock, open.To) < 0);
    }

    private static bool Falls(Holiday holiday, LocalDate date) =>
        holiday.Yearly ? (holiday.Date.Month, holiday.Date.Day) == (date.Month, date.Day) : holiday.Date == date;
}
