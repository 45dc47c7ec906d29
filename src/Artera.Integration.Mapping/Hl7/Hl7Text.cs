using System.Runtime.InteropServices;
using System.Text;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>
/// The text of a message as UTF-8, decoded once. Where the raw bytes are UTF-8 already it is the raw bytes themselves;
/// otherwise places in the text lead back to the raw bytes they came from.
/// </summary>
internal sealed class Hl7Text
{
    private readonly byte[] utf8;
    private readonly int offset;

    private Hl7Text(ReadOnlyMemory<byte> raw, Encoding encoding)
    {
        (Raw, Encoding, IsRaw) = (raw, encoding, Hl7Charset.IsUtf8(encoding));
        if (!IsRaw) utf8 = Encoding.UTF8.GetBytes(encoding.GetString(raw.Span));
        else if (MemoryMarshal.TryGetArray(raw, out var array)) (utf8, offset) = (array.Array!, array.Offset);
        else utf8 = raw.ToArray();
        Length = IsRaw ? raw.Length : utf8.Length;
    }

    public ReadOnlyMemory<byte> Raw { get; }

    public Encoding Encoding { get; }

    public bool IsRaw { get; }

    public int Length { get; }

    public ReadOnlySpan<byte> Utf8 => new(utf8, offset, Length);

    /// <summary>True when the raw bytes are UTF-16, in which no delimiter is a byte.</summary>
    public bool IsWide => Encoding is UnicodeEncoding;

    /// <summary>Decides by label and bytes which encoding <paramref name="raw"/> is in.</summary>
    public static Hl7Text Open(ReadOnlyMemory<byte> raw, Encoding? fallback)
    {
        var bytes = raw.Span;
        if (bytes.Length > 3 && bytes is [0xFF, 0xFE, ..] or [(byte)'M', 0, ..]) return new(raw, Encoding.Unicode);
        if (bytes.Length > 3 && bytes is [0xFE, 0xFF, ..] or [0, (byte)'M', ..]) return new(raw, Encoding.BigEndianUnicode);
        if (Ascii.IsValid(bytes) && !bytes.Contains((byte)0x1B)) return new(raw, Hl7Charset.Utf8);

        var at = Hl7Header.Find(bytes, out _);
        if (at < 0) return new(raw, Hl7Charset.Detect(bytes, default, '~', fallback));
        var header = bytes[at..];
        Hl7Delimiters.TryRead(header[3], Hl7Header.Field(header, 2), out var delimiters);
        return new(raw, Hl7Charset.Detect(bytes, Hl7Header.Field(header, 18), delimiters.Repetition, fallback));
    }

    /// <summary>The raw offset of a place in the text.</summary>
    public int Origin(int place)
    {
        if (IsRaw) return place;
        if (place == Length) return Raw.Length;
        var before = Utf8[..place];
        if (Encoding is Iso2022Encoding switching) return Origin(place, switching);
        if (IsWide) return 2 * Encoding.UTF8.GetCharCount(before);
        return Encoding.IsSingleByte || Ascii.IsValid(before) ? Encoding.UTF8.GetCharCount(before) : Walk(place);
    }

    // Between two characters the charset may switch there and back: what is put in belongs where the initial one holds.
    private int Origin(int place, Iso2022Encoding switching)
    {
        var reader = new Iso2022Reader(Raw.Span, switching.High);
        var (at, origin, settled) = (0, 0, true);
        while (reader.Next())
        {
            if (reader.Text.Length > 0 && at >= place) break;
            if (reader.Text.Length > 0 || !settled) (origin, settled) = (reader.End, reader.IsInitial);
            at += Encoding.UTF8.GetByteCount(reader.Text);
        }

        return origin;
    }

    private int Walk(int place)
    {
        var decoder = Encoding.GetDecoder();
        var bytes = Raw.Span;
        Span<char> chars = stackalloc char[8];
        var (at, origin) = (0, 0);
        for (var i = 0; i < bytes.Length && at < place; i++)
        {
            var count = decoder.GetChars(bytes.Slice(i, 1), chars, flush: i == bytes.Length - 1);
            if (count == 0) continue;
            at += Encoding.UTF8.GetByteCount(chars[..count]);
            origin = i + 1;
        }

        return origin;
    }
}
