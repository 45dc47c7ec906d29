using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Web.Components;

/// <summary>Times as people at a desk read them, in the zone of the practice or feed.</summary>
internal static class Clockface
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly LocalDateTimePattern DayAndTime = LocalDateTimePattern.Create("ddd, MMM d, h:mm tt", English);
    private static readonly LocalDateTimePattern DayOfYearAndTime = LocalDateTimePattern.Create("ddd, MMM d, yyyy, h:mm tt", English);
    private static readonly LocalDateTimePattern Day = LocalDateTimePattern.Create("ddd, MMM d", English);
    private static readonly LocalDateTimePattern TimeOnly = LocalDateTimePattern.Create("h:mm tt", English);
    private static readonly LocalDateTimePattern ToTheSecond = LocalDateTimePattern.Create("MMM d, HH:mm:ss", English);
    private static readonly LocalDatePattern LongDate = LocalDatePattern.Create("dddd, MMMM d, yyyy", English);
    private static readonly LocalDatePattern BirthDate = LocalDatePattern.Create("MMM d, yyyy", English);

    public static string Moment(Instant at, DateTimeZone zone) => DayAndTime.Format(at.InZone(zone).LocalDateTime);

    /// <summary>With the year when it is not the one that it is seen from.</summary>
    public static string Moment(Instant at, Instant from, DateTimeZone zone) =>
        (at.InZone(zone).Year == from.InZone(zone).Year ? DayAndTime : DayOfYearAndTime).Format(at.InZone(zone).LocalDateTime);

    public static string Visit(Instant at, bool dayOnly, DateTimeZone zone) => (dayOnly ? Day : DayAndTime).Format(at.InZone(zone).LocalDateTime);

    public static string Time(Instant at, DateTimeZone zone) => TimeOnly.Format(at.InZone(zone).LocalDateTime);

    public static string Second(Instant at, DateTimeZone zone) => ToTheSecond.Format(at.InZone(zone).LocalDateTime);

    public static string Long(LocalDate date) => LongDate.Format(date);

    public static string Born(LocalDate date) => BirthDate.Format(date);

    /// <summary>The time for today, the day for anything else.</summary>
    public static string Short(Instant at, Instant now, DateTimeZone zone) =>
        (at.InZone(zone).Date == now.InZone(zone).Date ? TimeOnly : Day).Format(at.InZone(zone).LocalDateTime);
}
