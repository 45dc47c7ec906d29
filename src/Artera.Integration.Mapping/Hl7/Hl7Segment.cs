using System.Text;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>One segment of a message (HL7 v2 chapter 2 §2.5.2).</summary>
public readonly struct Hl7Segment
{
    internal Hl7Segment(Hl7Message message, int index)
    {
        Message = message;
        Index = index;
    }

    /// <summary>The message it is part of.</summary>
    public Hl7Message Message { get; }

    /// <summary>Its place among the segments of the message, from 0.</summary>
    public int Index { get; }

    /// <summary>The name, such as <c>PID</c>; whatever stands before the first field separator.</summary>
    public string Name
    {
        get
        {
            var raw = Raw;
            var end = raw.IndexOf((byte)Message.Delimiters.Field);
            return Encoding.UTF8.GetString(end < 0 ? raw : raw[..end]);
        }
    }

    /// <summary>The segment without its line end, in UTF-8, delimiters and escapes as sent.</summary>
    public ReadOnlySpan<byte> Raw => Message.Utf8.Slice(Span.Start, Span.Length);

    /// <summary>The number of the last field there is, empty ones included.</summary>
    public int FieldCount => Raw.Count((byte)Message.Delimiters.Field) + (Span.IsHeader ? 1 : 0);

    internal SegmentSpan Span => Message.Spans[Index];

    /// <summary>The first repetition of a field.</summary>
    /// <param name="number">From 1; MSH-1 is the field separator itself.</param>
    /// <returns>The value; absent when the segment is shorter.</returns>
    public Hl7Value Field(int number) => Repetitions(number).First;

    /// <summary>All repetitions of a field.</summary>
    /// <param name="number">From 1.</param>
    public Hl7Repetitions Repetitions(int number)
    {
        var span = Span;
        var raw = Message.Utf8.Slice(span.Start, span.Length);
        if (span.IsHeader && number <= 2) return Hl7Repetitions.Literal(Message, Literal(span, raw, number));

        var separator = (byte)Message.Delimiters.Field;
        var start = Delimited.StartOf(raw, separator, span.IsHeader ? number - 1 : number);
        return start < 0 ? default : new(Message, span.Start + start, Delimited.LengthOf(raw[start..], separator));
    }

    /// <summary>The NTE segments that follow this one directly and so are about it.</summary>
    public Hl7Range Notes
    {
        get
        {
            var to = Index + 1;
            while (to < Message.Spans.Length && Message.Spans[to].Key == SegmentSpan.Nte) to++;
            return new(Message, new(Index + 1, to, 0, Message.Spans.Length), null);
        }
    }

    internal bool Is(ReadOnlySpan<byte> name) => Span.Key == SegmentSpan.KeyOf(name, 0);

    // MSH-1 is the separator, and MSH-2 holds delimiters that must not be taken for such.
    private static (int Start, int Length) Literal(SegmentSpan span, ReadOnlySpan<byte> raw, int number)
    {
        if (number < 1 || raw.Length <= 3) return default;
        if (number == 1) return (span.Start + 3, 1);
        var length = raw[4..].IndexOf(raw[3]);
        return (span.Start + 4, length < 0 ? raw.Length - 4 : length);
    }
}
