using System.Buffers;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>Finds the MSH segment in raw bytes, before anything is known of delimiters or charset.</summary>
internal static class Hl7Header
{
    // Blanks, line ends, a byte order mark, the start of a frame: what may stand before a header unremarked.
    private static readonly SearchValues<byte> Filler = SearchValues.Create([.. " \t\r\n\v\0"u8, 0xEF, 0xBB, 0xBF]);

    /// <summary>The offset of the first line that begins with MSH and a usable field separator, or -1.</summary>
    /// <param name="bytes">The raw bytes.</param>
    /// <param name="first">True when nothing but filler stands before it.</param>
    public static int Find(ReadOnlySpan<byte> bytes, out bool first)
    {
        first = true;
        for (var at = 0; at < bytes.Length;)
        {
            var text = bytes[at..].IndexOfAnyExcept(Filler);
            if (text < 0) break;
            at += text;
            if (IsAt(bytes[at..])) return at;
            first = false;
            var end = bytes[at..].IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0) break;
            at += end + 1;
        }

        return -1;
    }

    /// <summary>The bytes of a field of the MSH segment that <paramref name="header"/> starts with; empty when it has none.</summary>
    public static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> header, int number)
    {
        var end = header.IndexOfAny((byte)'\r', (byte)'\n');
        var line = end < 0 ? header : header[..end];
        var separator = line[3];
        for (var n = 1; n < number; n++)
        {
            var at = line.IndexOf(separator);
            if (at < 0) return default;
            line = line[(at + 1)..];
        }

        end = line.IndexOf(separator);
        return end < 0 ? line : line[..end];
    }

    private static bool IsAt(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("MSH"u8) && bytes.Length > 3 && Hl7Delimiters.IsUsable(bytes[3]);
}
