using NodaTime;

namespace Artera.Integration.Demo.Story;

/// <summary>
/// The demo's calendar: two weeks across the end of daylight saving, cut into the moments at which things happen.
/// Everybody's watch is in New York.
/// </summary>
internal static class Fortnight
{
    public static readonly LocalDate Monday = new(2026, 10, 26);
    public static readonly LocalDate LastDay = Monday.PlusDays(13);
    public static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];
    public static readonly DateTimeZone Chicago = DateTimeZoneProviders.Tzdb["America/Chicago"];

    /// <summary>After the EMR's morning run, after the reminders of both zones, after lunch, at the end of the day, at night.</summary>
    private static readonly LocalTime[] Moments = [new(8, 30), new(11, 30), new(14, 0), new(17, 30), new(20, 0)];

    public static Instant Begins => At(0, new LocalTime(8, 0));

    public static Instant Ends => At(13, Moments[^1]);

    public static IEnumerable<Instant> Steps =>
        from day in Enumerable.Range(0, 14)
        from moment in Moments
        select At(day, moment);

    public static Instant Early(int day) => At(day, Moments[0]);

    public static Instant Midday(int day) => At(day, Moments[1]);

    public static Instant Afternoon(int day) => At(day, Moments[2]);

    public static Instant Evening(int day) => At(day, Moments[3]);

    private static Instant At(int day, LocalTime time) => Monday.PlusDays(day).At(time).InZoneLeniently(NewYork).ToInstant();
}
