using System.Text;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>Walks over ISO 2022 text one character at a time.</summary>
internal ref struct Iso2022Reader(ReadOnlySpan<byte> bytes, Encoding high)
{
    private static readonly Encoding Jis = Encoding.GetEncoding(20932);

    private readonly ReadOnlySpan<byte> bytes = bytes;
    private readonly Encoding initial = high;
    private Encoding high = high;
    private LowSet low;
    private int next;

    private enum LowSet : byte { Ascii, Katakana, Jis0208, Jis0212 }

    /// <summary>The character read last; empty for an escape sequence.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>Where it ends.</summary>
    public readonly int End => next;

    /// <summary>True while no escape sequence is in force.</summary>
    public readonly bool IsInitial => low == LowSet.Ascii && ReferenceEquals(high, initial);

    public bool Next()
    {
        if (next >= bytes.Length) return false;
        var rest = bytes[next..];
        var length = Switch(rest);
        if (length > 0)
        {
            Text = string.Empty;
            next += length;
            return true;
        }

        var b = rest[0];
        length = 1;
        if (b is (byte)'\r' or (byte)'\n') (low, high) = (LowSet.Ascii, initial);
        if (b >= 0x80) Text = High(rest, out length);
        else if (low == LowSet.Katakana && b is > 0x20 and < 0x60) Text = ((char)(0xFF61 + b - 0x21)).ToString();
        else if (low >= LowSet.Jis0208 && rest.Length > 1 && IsGraphic(b) && IsGraphic(rest[1])) Text = Pair(b, rest[1], out length);
        else Text = ((char)b).ToString();

        next += length;
        return true;
    }

    private static bool IsGraphic(byte b) => b is > 0x20 and < 0x7F;

    private readonly string High(ReadOnlySpan<byte> rest, out int length)
    {
        if (!high.IsSingleByte && rest.Length > 1)
        {
            var pair = high.GetString(rest[..2]);
            length = pair.Length == 1 ? 2 : 1;
            if (length == 2) return pair;
        }

        length = 1;
        return high.GetString(rest[..1]);
    }

    // Code page 20932 holds both sets: 0208 with both bytes' high bits set, 0212 with only the first one's.
    private readonly string Pair(byte first, byte second, out int length)
    {
        length = 2;
        return Jis.GetString([(byte)(first | 0x80), low == LowSet.Jis0208 ? (byte)(second | 0x80) : second]);
    }

    private int Switch(ReadOnlySpan<byte> rest)
    {
        if (rest[0] != 0x1B || rest.Length < 3) return 0;
        var kind = (char)rest[1];
        var final = (char)rest[2];
        switch (kind, final)
        {
            case ('(', 'B' or 'J'): low = LowSet.Ascii; return 3;
            case ('(', 'I'): low = LowSet.Katakana; return 3;
            case ('$', 'B' or '@'): low = LowSet.Jis0208; return 3;
            case ('$', '(') when rest.Length > 3 && rest[3] is (byte)'D': low = LowSet.Jis0212; return 4;
            case ('$', ')') when rest.Length > 3 && rest[3] is (byte)'C': high = Encoding.GetEncoding(949); return 4;
            case ('$', ')') when rest.Length > 3 && rest[3] is (byte)'A': high = Encoding.GetEncoding(936); return 4;
            case (')', 'I' or 'J'): high = Encoding.GetEncoding(932); return 3;
            case ('-', _) when Latin(final) is { } encoding: high = encoding; return 3;
            default: return 0;
        }
    }

    private static Encoding? Latin(char final) => final switch
    {
        'A' => Encoding.GetEncoding(28591),
        'B' => Encoding.GetEncoding(28592),
        'C' => Encoding.GetEncoding(28593),
        'D' => Encoding.GetEncoding(28594),
        'L' => Encoding.GetEncoding(28595),
        'G' => Encoding.GetEncoding(28596),
        'F' => Encoding.GetEncoding(28597),
        'H' => Encoding.GetEncoding(28598),
        'M' => Encoding.GetEncoding(28599),
        'b' => Encoding.GetEncoding(28605),
        _ => null,
    };
}
