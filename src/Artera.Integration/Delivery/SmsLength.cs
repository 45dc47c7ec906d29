namespace Artera.Integration.Delivery;

/// <summary>How a text message is counted and paid for: GSM 03.38 septets, or UCS-2 as soon as one character needs it.</summary>
/// <param name="IsUnicode">UCS-2: 70 characters in one segment, 67 in each of several; else 160 and 153.</param>
/// <param name="Units">Septets or UTF-16 units.</param>
/// <param name="Segments">How many are sent and paid for.</param>
/// <param name="Left">Units left in the last segment.</param>
public readonly record struct SmsLength(bool IsUnicode, int Units, int Segments, int Left)
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extended = "\f^{}\\[~]|€";

    public static SmsLength Of(string text)
    {
        var unicode = !text.All(letter => Basic.Contains(letter, StringComparison.Ordinal) || Extended.Contains(letter, StringComparison.Ordinal));
        var (alone, together) = unicode ? (70, 67) : (160, 153);
        var units = Widths(text, unicode).Sum();
        if (units <= alone)
            return new(unicode, units, units == 0 ? 0 : 1, alone - units);

        var (segments, used) = (1, 0);
        foreach (var width in Widths(text, unicode))
        {
            if (used + width > together)
                (segments, used) = (segments + 1, 0);
            used += width;
        }

        return new(unicode, units, segments, together - used);
    }

    /// <summary>What cannot be cut in two: an escaped septet pair, a surrogate pair.</summary>
    private static IEnumerable<int> Widths(string text, bool unicode) => unicode
        ? text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength)
        : text.Select(letter => Extended.Contains(letter, StringComparison.Ordinal) ? 2 : 1);
}
