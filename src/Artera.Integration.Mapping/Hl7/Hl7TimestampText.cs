using System.Globalization;
using NodaTime;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>Reads the text of an <see cref="Hl7Timestamp"/>.</summary>
internal static class Hl7TimestampText
{
    // Four digits outside of these years are a bare time of day.
    private const int FirstYear = 1850;
    private const int LastYear = 2299;

    public static bool TryParse(ReadOnlySpan<char> text, out Hl7Timestamp value)
    {
        value = default;
        if (text.TrimStart('0').IsEmpty) return true;

        var digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits < 0) digits = text.Length;
        var rest = text[digits..];
        var fraction = text[..digits] is { Length: > 14 } many ? many[14..] : default;
        if (rest is ['.', ..])
        {
            if (digits != 14) return false;
            var end = rest[1..].IndexOfAnyExceptInRange('0', '9');
            fraction = end < 0 ? rest[1..] : rest[1..(end + 1)];
            rest = rest[(fraction.Length + 1)..];
        }

        if (digits == 0 || !TryOffset(rest, out var offset)) return false;
        if (text[..digits].TrimStart('0').IsEmpty) return true;
        return TryLocal(text[..Math.Min(digits, 14)], fraction, out var local, out var precision) && Set(new(local, precision, offset), out value);
    }

    private static bool TryLocal(ReadOnlySpan<char> digits, ReadOnlySpan<char> fraction, out LocalDateTime local, out Hl7Precision precision)
    {
        local = default;
        precision = digits.Length switch
        {
            4 => Hl7Precision.Year,
            6 => Hl7Precision.Month,
            8 => Hl7Precision.Day,
            10 => Hl7Precision.Hour,
            12 => Hl7Precision.Minute,
            14 => Hl7Precision.Second,
            _ => Hl7Precision.None,
        };
        if (precision == Hl7Precision.None) return false;

        var (year, month, day) = (Number(digits, 0, 4, 0), Number(digits, 4, 2, 1), Number(digits, 6, 2, 1));
        var (hour, minute, second) = (Number(digits, 8, 2, 0), Number(digits, 10, 2, 0), Number(digits, 12, 2, 0));
        var endOfDay = hour == 24 && minute == 0 && second == 0;
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month)) return false;
        if ((hour > 23 && !endOfDay) || minute > 59 || second > 59) return false;

        local = new LocalDate(year, month, day).At(new LocalTime(endOfDay ? 0 : hour, minute, second))
            .PlusDays(endOfDay ? 1 : 0).PlusNanoseconds(Nanoseconds(fraction));
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out Offset? offset)
    {
        offset = null;
        if (text.IsEmpty) return true;
        if (text is "Z")
        {
            offset = Offset.Zero;
            return true;
        }

        if (text[0] is not ('+' or '-')) return false;
        Span<char> digits = stackalloc char[4];
        digits.Fill('0');
        var body = text[1..];
        if (body.Length == 5 && body[2] == ':')
        {
            body[..2].CopyTo(digits);
            body[3..].CopyTo(digits[2..]);
        }
        else if (body.Length is 2 or 4)
        {
            body.CopyTo(digits);
        }
        else
        {
            return false;
        }

        if (digits.IndexOfAnyExceptInRange('0', '9') >= 0) return false;
        var (hours, minutes) = (Number(digits, 0, 2, 0), Number(digits, 2, 2, 0));
        if (hours > 15 || minutes > 59) return false;
        var seconds = (hours * 3600) + (minutes * 60);
        offset = Offset.FromSeconds(text[0] == '-' ? -seconds : seconds);
        return true;
    }

    private static long Nanoseconds(ReadOnlySpan<char> fraction)
    {
        var nanoseconds = 0L;
        for (var i = 0; i < 9; i++) nanoseconds = (nanoseconds * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        return nanoseconds;
    }

    private static int Number(ReadOnlySpan<char> digits, int at, int length, int missing) =>
        at < digits.Length ? int.Parse(digits.Slice(at, length), NumberStyles.None, CultureInfo.InvariantCulture) : missing;

    private static bool Set(Hl7Timestamp timestamp, out Hl7Timestamp value)
    {
        value = timestamp;
        return true;
    }
}
