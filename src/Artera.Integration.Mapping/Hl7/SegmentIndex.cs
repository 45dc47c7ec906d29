namespace Artera.Integration.Mapping.Hl7;

/// <summary>Cuts a text into segments (HL7 v2 chapter 2 §2.5.1).</summary>
internal static class SegmentIndex
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    // A payload of nothing but line ends must not cost twelve times its size.
    private const int MostAtOnce = 256;

    /// <summary>
    /// The first line end tells how the sender ends segments. After a CR, a lone LF further on is data of a field;
    /// after a lone LF, either character ends a segment.
    /// </summary>
    public static SegmentSpan[] Build(ReadOnlySpan<byte> text, int from, byte fieldSeparator)
    {
        var firstEnd = text[from..].IndexOfAny(Cr, Lf);
        var lfEnds = firstEnd >= 0 && text[from + firstEnd] == Lf;
        var body = text[from..];
        var lines = 1 + body.Count(Cr) + (lfEnds ? body.Count(Lf) : 0);
        var segments = new SegmentSpan[Math.Min(lines, MostAtOnce)];
        var count = 0;

        for (var start = from; start < text.Length;)
        {
            var rest = text[start..];
            var length = lfEnds ? rest.IndexOfAny(Cr, Lf) : rest.IndexOf(Cr);
            if (length < 0) length = rest.Length;
            var segment = rest[..length];

            // The LF of a CRLF is what remains at the start of the next line; at the end it is all a last line may have.
            segment = segment.TrimStart(Lf);
            var skipped = length - segment.Length;
            segment = segment.TrimEnd(Lf);
            if (!segment.IsEmpty)
            {
                if (count == segments.Length) Array.Resize(ref segments, count * 2);
                segments[count++] = new(start + skipped, segment.Length, SegmentSpan.KeyOf(segment, fieldSeparator));
            }

            start += length + 1;
        }

        if (count < segments.Length) Array.Resize(ref segments, count);
        return segments;
    }
}
