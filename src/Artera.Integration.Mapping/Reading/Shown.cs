using System.Globalization;
using NodaTime.Text;

namespace Artera.Integration.Mapping.Reading;

/// <summary>Values as the dry run and the golden samples write them.</summary>
internal static class Shown
{
    private static readonly OffsetDateTimePattern WithOffset = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<m>");

    public static string Of<T>(T value, MessageClock clock) => value switch
    {
        VisitStart { DayOnly: true } start => clock.Local(start.At).Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
        VisitStart start => WithOffset.Format(clock.Local(start.At).ToOffsetDateTime()),
        Coded { Text: { } text } coded => $"{coded.Code} ({text})",
        Coded coded => coded.Code,
        bool flag => flag ? "yes" : "no",
        Enum word => Kebab.Of(word.ToString()),
        NodaTime.LocalDate date => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };
}
