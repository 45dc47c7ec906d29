using System.Text;
using System.Text.Unicode;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>
/// Character sets of HL7 table 0211 (MSH-18) and the spellings seen in their place. What the bytes are beats what
/// the label says: without a label, or under a UTF-8 one, bytes that are UTF-8 are read as such; otherwise the label
/// is obeyed as far as the bytes allow it.
/// </summary>
public static class Hl7Charset
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static Hl7Charset() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>UTF-8 without a byte order mark.</summary>
    public static Encoding Utf8 => StrictUtf8;

    /// <summary>Windows-1252: what a sender that says nothing most likely means by bytes that are not UTF-8.</summary>
    public static Encoding Windows1252 => Encoding.GetEncoding(1252);

    /// <summary>The encoding a label stands for.</summary>
    /// <param name="label">A value of table 0211 such as <c>8859/1</c> or <c>UNICODE UTF-8</c>, or a common misspelling.</param>
    /// <returns>The encoding; null for an empty or unknown label.</returns>
    public static Encoding? Find(string label)
    {
        Span<char> key = stackalloc char[24];
        var length = 0;
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c)) continue;
            if (length == key.Length) return null;
            key[length++] = char.ToUpperInvariant(c);
        }

        var name = key[..length];
        if (name.StartsWith("ISO8859") || name.StartsWith("8859")) return Part(name[(name.IndexOf("8859") + 4)..]);
        return name switch
        {
            "UNICODEUTF8" or "UTF8" or "UNICODE" => Utf8,
            "UNICODEUTF16" or "UTF16" => Encoding.Unicode,
            "ASCII" or "USASCII" or "ISOIR6" => Encoding.ASCII,
            "ISOIR14" or "ISOIR87" or "ISOIR159" or "SHIFTJIS" or "SJIS" or "WINDOWS31J" => Encoding.GetEncoding(932),
            "EUCJP" => Encoding.GetEncoding(51932),
            "GB180302000" or "GB18030" or "GBK" or "GB2312" => Encoding.GetEncoding(54936),
            "KSX1001" or "EUCKR" => Encoding.GetEncoding(949),
            "BIG5" or "CNS116431992" => Encoding.GetEncoding(950),
            "WINDOWS1250" or "CP1250" => Encoding.GetEncoding(1250),
            "WINDOWS1251" or "CP1251" => Encoding.GetEncoding(1251),
            "WINDOWS1252" or "CP1252" or "LATIN1" => Windows1252,
            _ => null,
        };
    }

    /// <summary>The encoding that the raw bytes of a message are really in.</summary>
    /// <param name="raw">All bytes of the message.</param>
    /// <param name="label">The bytes of MSH-18, with its repetitions.</param>
    /// <param name="repetition">The repetition separator.</param>
    /// <param name="fallback">The feed's own charset for bytes that neither are UTF-8 nor have a usable label.</param>
    internal static Encoding Detect(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> label, char repetition, Encoding? fallback)
    {
        var labelled = Find(label, repetition, out var switches);
        if (switches && raw.Contains((byte)0x1B)) return Switching(labelled);
        if (Ascii.IsValid(raw)) return Utf8;

        var obeyed = labelled is not null && !IsUtf8(labelled) && !labelled.Equals(Encoding.Unicode) && !labelled.Equals(Encoding.ASCII);
        if (obeyed && CanRead(labelled!, raw)) return labelled!;
        return System.Text.Unicode.Utf8.IsValid(raw) ? Utf8 : fallback ?? Windows1252;
    }

    /// <summary>The encoding to write further text of a message in: where all bytes are ASCII so far, its label decides.</summary>
    internal static Encoding ForWriting(Hl7Message message)
    {
        if (message.Text.IsWide || !Ascii.IsValid(message.Raw.Span)) return IsUtf8(message.Charset) ? Encoding.UTF8 : message.Charset;
        var label = Find(message.HeaderBytes(18), message.Delimiters.Repetition, out var switches);
        if (switches) return Switching(label);
        return label is null || label.Equals(Encoding.ASCII) || label is UnicodeEncoding || IsUtf8(label) ? Encoding.UTF8 : label;
    }

    internal static bool IsUtf8(Encoding encoding) => encoding.CodePage == StrictUtf8.CodePage;

    private static Iso2022Encoding Switching(Encoding? first) =>
        new(first is { IsSingleByte: true } && !first.Equals(Encoding.ASCII) ? first : Encoding.GetEncoding(932));

    private static Encoding? Find(ReadOnlySpan<byte> label, char repetition, out bool switches)
    {
        Encoding? first = null;
        switches = false;
        var index = 0;
        foreach (var range in label.Split((byte)repetition))
        {
            var text = Encoding.Latin1.GetString(label[range]).Trim();
            var found = Find(text);
            switches |= (index > 0 && found is not null) || text.StartsWith("ISO IR", StringComparison.OrdinalIgnoreCase);
            if (index++ == 0) first = found;
        }

        return first;
    }

    // 8859/1 is read as its superset: the controls that it has in place of 0x80 to 0x9F never occur in a message.
    private static Encoding? Part(ReadOnlySpan<char> digits) => digits switch
    {
        "1" => Windows1252,
        "11" => Encoding.GetEncoding(874),
        "13" => Encoding.GetEncoding(28603),
        "15" => Encoding.GetEncoding(28605),
        "2" or "3" or "4" or "5" or "6" or "7" or "8" or "9" => Encoding.GetEncoding(28590 + (digits[0] - '0')),
        _ => null,
    };

    private static bool CanRead(Encoding encoding, ReadOnlySpan<byte> raw)
    {
        if (encoding.IsSingleByte) return true;
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        try
        {
            strict.GetCharCount(raw);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
