using System.Buffers;
using System.Text;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>Writes one segment, fields in rising order, with no more delimiters than needed.</summary>
internal sealed class AckSegment(IBufferWriter<byte> bytes, Hl7Delimiters delimiters)
{
    private int reached;

    public Hl7Delimiters Delimiters => delimiters;

    public void Begin(ReadOnlySpan<byte> name)
    {
        bytes.Write(name);
        reached = name.SequenceEqual("MSH"u8) ? 1 : 0;
    }

    public void AddText(int field, string text) => Add(field, Hl7Escapes.Escape(text, delimiters));

    public void Add(int field, string text)
    {
        const int enough = 256;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = most <= enough ? stackalloc byte[enough] : new byte[most];
        Add(field, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    /// <summary>Adds bytes as they are, save that marks of a frame become blanks: they would end the frame that carries the answer.</summary>
    public void Add(int field, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return;
        for (; reached < field; reached++) bytes.Write([(byte)delimiters.Field]);
        var target = bytes.GetSpan(value.Length)[..value.Length];
        value.CopyTo(target);
        target.Replace((byte)0x0B, (byte)' ');
        target.Replace((byte)0x1C, (byte)' ');
        bytes.Advance(value.Length);
    }

    public void End() => bytes.Write("\r"u8);
}
