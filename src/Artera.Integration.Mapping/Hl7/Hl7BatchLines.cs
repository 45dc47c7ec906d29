using System.Buffers;

namespace Artera.Integration.Mapping.Hl7;

internal enum Hl7BatchMark { FHS, BHS, MSH, BTS, FTS, End }

/// <summary>Walks from one line that begins a part of a batch to the next.</summary>
internal ref struct Hl7BatchLines(ReadOnlySpan<byte> file)
{
    private static readonly SearchValues<byte> Filler = SearchValues.Create([.. " \t\r\n\v\0"u8, 0x1C, 0x1A, 0xEF, 0xBB, 0xBF]);

    private readonly ReadOnlySpan<byte> file = file;
    private byte fileSeparator;
    private byte batchSeparator;
    private byte messageSeparator;
    private int next;

    /// <summary>What the line begins.</summary>
    public Hl7BatchMark Mark { get; private set; }

    /// <summary>Where the line begins.</summary>
    public int Start { get; private set; }

    /// <summary>The line.</summary>
    public readonly ReadOnlySpan<byte> Line => file[Start..LineEnd(Start)];

    /// <summary>True when text that is no part of any batch or message was passed on the way here from <paramref name="from"/>.</summary>
    public readonly bool HasTextSince(int from) => !IsFiller(file[from..Start]);

    /// <summary>Goes on to the next line that begins a part; at the end, to the end.</summary>
    public void Next()
    {
        while (next < file.Length)
        {
            var text = file[next..].IndexOfAnyExcept(Filler);
            if (text < 0) break;
            Start = next + text;
            next = LineEnd(Start);
            if (Begins(file[Start..next]) is { } mark)
            {
                Mark = mark;
                return;
            }
        }

        (Mark, Start, next) = (Hl7BatchMark.End, file.Length, file.Length);
    }

    public static bool IsFiller(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(Filler) < 0;

    private Hl7BatchMark? Begins(ReadOnlySpan<byte> line)
    {
        if (line.Length < 3) return null;
        var separator = line.Length > 3 ? line[3] : (byte)0;
        if (Hl7Delimiters.IsUsable(separator))
        {
            if (line.StartsWith("MSH"u8)) return Remember(Hl7BatchMark.MSH, separator, ref messageSeparator);
            if (line.StartsWith("BHS"u8)) return Remember(Hl7BatchMark.BHS, separator, ref batchSeparator);
            if (line.StartsWith("FHS"u8)) return Remember(Hl7BatchMark.FHS, separator, ref fileSeparator);
        }

        var known = line.Length == 3 || separator == messageSeparator || separator == batchSeparator || separator == fileSeparator;
        return !known ? null
            : line.StartsWith("BTS"u8) ? Hl7BatchMark.BTS
            : line.StartsWith("FTS"u8) ? Hl7BatchMark.FTS
            : null;
    }

    private static Hl7BatchMark Remember(Hl7BatchMark mark, byte separator, ref byte remembered)
    {
        remembered = separator;
        return mark;
    }

    private readonly int LineEnd(int from)
    {
        var length = file[from..].IndexOfAny((byte)'\r', (byte)'\n');
        return length < 0 ? file.Length : from + length;
    }
}
