using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Outreach.Wording;

/// <summary>Dates and times as people say them in one language: Gregorian, ASCII digits, no invisible spaces
/// that would double the price of a text.</summary>
internal sealed class DateWords
{
    private static readonly ConcurrentDictionary<string, DateWords> Known = new(StringComparer.OrdinalIgnoreCase);

    private readonly LocalDatePattern date;
    private readonly LocalDatePattern dateWithYear;
    private readonly LocalDatePattern shortDate;
    private readonly LocalTimePattern time;
    private readonly string join;
    private readonly string comma;

    private DateWords(string language)
    {
        var words = Gregorian(Languages.Culture(language));
        var patterns = For(language);
        date = LocalDatePattern.Create(patterns.Date, words);
        dateWithYear = LocalDatePattern.Create(patterns.DateWithYear, words);
        shortDate = LocalDatePattern.Create(patterns.Short, words);
        time = LocalTimePattern.Create(patterns.Time, words);
        join = patterns.Join;
        comma = patterns.Comma;
    }

    public static DateWords In(string language) => Known.GetOrAdd(language, static tag => new DateWords(tag));

    /// <summary><c>Tuesday, November 24</c>; with the year when that is not plain.</summary>
    public string Date(LocalDate day, LocalDate today) => (NeedsYear(day, today) ? dateWithYear : date).Format(day);

    /// <summary><c>3:05 PM</c>.</summary>
    public string Time(LocalTime at) => time.Format(at);

    /// <summary><c>Tuesday, November 24 at 3:05 PM</c>.</summary>
    public string DateAtTime(LocalDateTime at, LocalDate today) =>
        string.Format(CultureInfo.InvariantCulture, join, Date(at.Date, today), Time(at.TimeOfDay));

    /// <summary><c>Nov 24, 3:05 PM</c>.</summary>
    public string DateAtTimeShort(LocalDateTime at) => $"{shortDate.Format(at.Date)}{comma}{Time(at.TimeOfDay)}";

    private static bool NeedsYear(LocalDate day, LocalDate today) => Period.DaysBetween(today, day) is < -30 or > 300;

    private static Patterns For(string language) => language.Split('-')[0].ToUpperInvariant() switch
    {
        "EN" when IsAmerican(language) => new("dddd, MMMM d", "dddd, MMMM d, yyyy", "MMM d", "h:mm tt", "{0} at {1}"),
        "EN" => new("dddd d MMMM", "dddd d MMMM yyyy", "d MMM", "HH:mm", "{0} at {1}"),
        "ES" => new("dddd, d 'de' MMMM", "dddd, d 'de' MMMM 'de' yyyy", "d MMM", "HH:mm", "{0} a las {1}"),
        "AR" => new("dddd d MMMM", "dddd d MMMM yyyy", "d MMMM", "h:mm tt", "{0} الساعة {1}", "، "),
        "FR" => new("dddd d MMMM", "dddd d MMMM yyyy", "d MMM", "HH:mm", "{0} à {1}"),
        "PT" => new("dddd, d 'de' MMMM", "dddd, d 'de' MMMM 'de' yyyy", "d MMM", "HH:mm", "{0} às {1}"),
        "VI" => new("dddd, d MMMM", "dddd, d MMMM, yyyy", "d/M", "HH:mm", "{0} lúc {1}"),
        "ZH" => new("M月d日dddd", "yyyy年M月d日dddd", "M月d日", "HH:mm", "{0}{1}"),
        "RU" => new("dddd, d MMMM", "dddd, d MMMM yyyy", "d MMM", "HH:mm", "{0} в {1}"),
        _ => new("dddd, d MMMM", "dddd, d MMMM yyyy", "d MMM", "HH:mm", "{0}, {1}"),
    };

    private static bool IsAmerican(string language) =>
        language.Length == 2 || language.EndsWith("US", StringComparison.OrdinalIgnoreCase) || language.EndsWith("CA", StringComparison.OrdinalIgnoreCase);

    /// <summary>Month and day names of the language, but always of the calendar that the practice lives by.</summary>
    private static CultureInfo Gregorian(CultureInfo culture)
    {
        var words = (CultureInfo)culture.Clone();
        if (words.DateTimeFormat.Calendar is not GregorianCalendar
            && Array.Find(words.OptionalCalendars, calendar => calendar is GregorianCalendar) is { } gregorian)
        {
            words.DateTimeFormat.Calendar = gregorian;
        }

        if (string.Equals(culture.TwoLetterISOLanguageName, "en", StringComparison.Ordinal))
            (words.DateTimeFormat.AMDesignator, words.DateTimeFormat.PMDesignator) = ("AM", "PM");
        return words;
    }

    private sealed record Patterns(string Date, string DateWithYear, string Short, string Time, string Join, string Comma = ", ");
}
