using System.Text;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.WriteBack;

/// <summary>Tells whether a frame answers a message: MSA-2 is its MSH-10, byte for byte.</summary>
internal static class Msa
{
    /// <summary>MSA-1 when <paramref name="frame"/> answers <paramref name="message"/>, else null.</summary>
    public static AckCode? To(ReadOnlySpan<byte> message, ReadOnlySpan<byte> frame)
    {
        var msa = Segment(frame);
        var asked = Field(message, 10);
        if (msa.IsEmpty || asked.IsEmpty || !Field(msa, 3).SequenceEqual(asked))
            return null;
        Span<char> code = stackalloc char[2];
        return Encoding.ASCII.TryGetChars(Field(msa, 2), code, out var length) && Enum.TryParse<AckCode>(code[..length], out var parsed) ? parsed : null;
    }

    public static string ControlIdOf(ReadOnlySpan<byte> message) => Encoding.ASCII.GetString(Field(message, 10));

    public static string AnsweredId(ReadOnlySpan<byte> frame) => Encoding.ASCII.GetString(Field(Segment(frame), 3));

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> frame)
    {
        var at = frame.IndexOf("\rMSA"u8);
        return at < 0 ? default : frame[(at + 1)..];
    }

    /// <summary>The n-th piece of a segment, from 1, its name included.</summary>
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> segment, int number)
    {
        if (segment.Length < 4)
            return default;
        var separator = segment[3];
        var end = segment.IndexOf((byte)'\r');
        if (end >= 0)
            segment = segment[..end];
        for (var n = 1; n < number; n++)
        {
            var at = segment.IndexOf(separator);
            if (at < 0)
                return default;
            segment = segment[(at + 1)..];
        }

        var next = segment.IndexOf(separator);
        return next < 0 ? segment : segment[..next];
    }
}
