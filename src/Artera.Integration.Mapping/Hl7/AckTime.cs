using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>MSH-7 of acknowledgements: many are sent in one second, and the second is written once.</summary>
internal static class AckTime
{
    private static readonly OffsetDateTimePattern Pattern = OffsetDateTimePattern.CreateWithInvariantCulture("uuuuMMddHHmmsso<+HHmm>");
    private static Written latest = new(long.MinValue, Offset.Zero, string.Empty);

    /// <summary>With the offset from UTC, unless its sign is one of the delimiters: an offset may be left out, and not escaped (§2A.3.22).</summary>
    public static string Of(OffsetDateTime time, in Hl7Delimiters delimiters)
    {
        var text = Of(time);
        return delimiters.Contains(text[^5]) ? text[..^5] : text;
    }

    private static string Of(OffsetDateTime time)
    {
        var second = time.ToInstant().ToUnixTimeSeconds();
        var known = Volatile.Read(ref latest);
        if (known.Second != second || known.Offset != time.Offset) Volatile.Write(ref latest, known = new(second, time.Offset, Pattern.Format(time)));
        return known.Text;
    }

    private sealed record Written(long Second, Offset Offset, string Text);
}
