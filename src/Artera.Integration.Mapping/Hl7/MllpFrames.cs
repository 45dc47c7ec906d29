using System.Buffers;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>What a frame turned out to be.</summary>
public enum MllpFrameKind
{
    /// <summary>Complete: its end was seen.</summary>
    Complete,

    /// <summary>Another frame began, or the connection ended, before its end: never to be taken for a message.</summary>
    CutOff,

    /// <summary>Longer than allowed: the payload is its beginning, the rest is skipped.</summary>
    TooLong,
}

/// <summary>
/// Finds MLLP frames in a stream (HL7 v2 Appendix C, MLLP release 1): 0x0B, payload, 0x1C 0x0D. Bytes between frames
/// are skipped, the last 0x0D may be missing, and however the stream is cut into packets the frames are the same.
/// One instance belongs to one connection and is given the unconsumed rest of the stream each time, with what has come since.
/// </summary>
/// <param name="maxBytes">The longest payload to accept.</param>
public sealed class MllpFrames(int maxBytes)
{
    private const byte Start = 0x0B;
    private const byte End = 0x1C;
    private const byte Cr = 0x0D;

    private bool inFrame;
    private bool skipping;
    private long examined;

    /// <summary>True while a frame has begun and its end has not been seen: the time to complete it is running.</summary>
    public bool IsInFrame => inFrame;

    /// <summary>Takes the next frame out of a buffer.</summary>
    /// <param name="buffer">What of the stream is not consumed yet; on return what is still not.</param>
    /// <param name="payload">The bytes between the marks; valid as long as the buffer is.</param>
    /// <param name="kind">What the frame turned out to be.</param>
    /// <returns>False when more bytes are needed.</returns>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> payload, out MllpFrameKind kind)
    {
        payload = default;
        kind = MllpFrameKind.Complete;
        while (true)
        {
            if (!inFrame && !Enter(ref buffer)) return false;
            if (!Find(buffer, out var at, out var mark))
            {
                if (skipping) Drop(ref buffer, buffer.Length);
                else if (buffer.Length > maxBytes) return TooLong(ref buffer, out payload, out kind);
                return false;
            }

            var body = buffer.Slice(0, at);
            if (!skipping && body.Length > maxBytes) return TooLong(ref buffer, out payload, out kind);
            var wanted = !skipping && (mark == End || !body.IsEmpty);
            Drop(ref buffer, mark == End ? at + 1 : at);
            (inFrame, skipping) = (false, false);
            if (!wanted) continue;
            payload = body;
            kind = mark == End ? MllpFrameKind.Complete : MllpFrameKind.CutOff;
            return true;
        }
    }

    /// <summary>Takes what is left of a frame when the stream has ended.</summary>
    /// <param name="buffer">What is left of the stream; empty on return.</param>
    /// <param name="payload">The beginning of a frame whose end never came.</param>
    /// <returns>False when no frame had begun.</returns>
    public bool TryEnd(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> payload)
    {
        payload = inFrame && !skipping ? buffer : default;
        buffer = buffer.Slice(buffer.End);
        (inFrame, skipping, examined) = (false, false, 0);
        return !payload.IsEmpty;
    }

    /// <summary>Writes a frame around a payload.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="payload">One message or acknowledgement.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> payload)
    {
        var frame = output.GetSpan(payload.Length + 3);
        frame[0] = Start;
        payload.CopyTo(frame[1..]);
        frame[payload.Length + 1] = End;
        frame[payload.Length + 2] = Cr;
        output.Advance(payload.Length + 3);
    }

    private bool Enter(ref ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        var found = reader.TryAdvanceTo(Start);
        buffer = found ? buffer.Slice(reader.Position) : buffer.Slice(buffer.End);
        examined = 0;
        return inFrame = found;
    }

    // What was searched without a find is not searched again when more comes.
    private bool Find(in ReadOnlySequence<byte> buffer, out long at, out byte mark)
    {
        var reader = new SequenceReader<byte>(buffer);
        reader.Advance(Math.Min(examined, reader.Length));
        if (reader.TryAdvanceToAny([Start, End], advancePastDelimiter: false))
        {
            at = reader.Consumed;
            return reader.TryPeek(out mark);
        }

        (at, mark) = (0, 0);
        examined = buffer.Length;
        return false;
    }

    private bool TooLong(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> payload, out MllpFrameKind kind)
    {
        payload = buffer.Slice(0, maxBytes);
        kind = MllpFrameKind.TooLong;
        Drop(ref buffer, maxBytes);
        return skipping = true;
    }

    private void Drop(ref ReadOnlySequence<byte> buffer, long count)
    {
        buffer = buffer.Slice(count);
        examined = 0;
    }
}
