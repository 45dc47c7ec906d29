using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>How fast a campaign goes, and at which hours of the practice's zone.</summary>
public sealed record CampaignPace
{
    private const int DaysToLookForAnOpenOne = 60;

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>Patients an hour; null: as fast as the lines let it.</summary>
    public int? PerHour { get; init; }

    /// <summary>HH:mm; null: the start of the day that is set up for everything.</summary>
    public string? From { get; init; }

    /// <summary>HH:mm; null: its end.</summary>
    public string? To { get; init; }

    /// <summary>Only on the practice's open weekdays. On holidays nothing is sent anyway.</summary>
    public bool BusinessDays { get; init; }

    internal Duration Step => PerHour is { } rate ? Duration.FromHours(1) / rate : Duration.Zero;

    /// <returns>What is wrong with it; null when nothing is.</returns>
    internal string? Problem(QuietHours quiet)
    {
        if (PerHour is < 1)
            return "perHour must be at least 1";
        if (Array.Find([From, To], time => time is not null && !Clock.Parse(time).Success) is { } wrong)
            return $"'{wrong}' is no HH:mm";
        var (from, to) = Window(quiet);
        return from < to ? null : "there is no time at which it may be sent";
    }

    /// <summary>The first moment, from this one on, at which a patient may be written to.</summary>
    internal Instant Open(Instant moment, PracticeCalendar calendar, QuietHours quiet)
    {
        var (from, to) = Window(quiet);
        var local = calendar.Local(moment);
        for (var days = 0; days <= DaysToLookForAnOpenOne; days++)
        {
            var date = local.Date.PlusDays(days);
            if (calendar.IsHoliday(date) || (BusinessDays && !calendar.IsOpenWeekday(date)))
                continue;
            if (days > 0 || local.TimeOfDay < from)
                return calendar.At(date + from);
            if (local.TimeOfDay < to)
                return moment;
        }

        return calendar.At(local.Date.PlusDays(DaysToLookForAnOpenOne) + from);
    }

    private (LocalTime From, LocalTime To) Window(QuietHours quiet) => (
        LocalTime.Max(From is null ? quiet.DayStart : Clock.Parse(From).Value, quiet.DayStart),
        LocalTime.Min(To is null ? quiet.DayEnd : Clock.Parse(To).Value, quiet.DayEnd));
}
