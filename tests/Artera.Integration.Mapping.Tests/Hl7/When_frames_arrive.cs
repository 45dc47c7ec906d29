using System.Buffers;
using System.Text;
using Artera.Integration.Mapping.Hl7;
using CsCheck;

namespace Artera.Integration.Mapping.Tests.Hl7;

public sealed class When_frames_arrive
{
    private const string Vt = "\u000B";
    private const string Fs = "\u001C";

    [Theory]
    [InlineData(Vt + "one" + Fs + "\r", "Complete:one")]
    [InlineData(Vt + "one" + Fs + "\r" + Vt + "two" + Fs + "\r", "Complete:one Complete:two")]
    [InlineData(Vt + "one" + Fs + Vt + "two" + Fs, "Complete:one Complete:two")]
    [InlineData(" \r\n" + Vt + "one" + Fs + "\r\r\n  " + Vt + "two" + Fs + "\r", "Complete:one Complete:two")]
    [InlineData(Vt + "on" + Vt + "two" + Fs + "\r", "CutOff:on Complete:two")]
    [InlineData(Vt + Vt + "one" + Fs + "\r" + Fs + "\r", "Complete:one")]
    [InlineData(Vt + Fs + "\r", "Complete:")]
    [InlineData(Vt + "one", "")]
    [InlineData("no frame at all", "")]
    [InlineData(Fs + "\r" + Vt + "one" + Fs + "\r", "Complete:one")]
    [InlineData(Vt + "0123456789ABC" + Fs + "\r" + Vt + "two" + Fs, "TooLong:0123456789 Complete:two")]
    [InlineData(Vt + "0123456789ABC" + Vt + "two" + Fs, "TooLong:0123456789 Complete:two")]
    [InlineData(Vt + "0123456789" + Fs, "Complete:0123456789")]
    public void Each_is_found_however_the_packets_are_cut(string stream, string expected)
    {
        var bytes = Encoding.Latin1.GetBytes(stream);
        for (var size = 1; size <= bytes.Length; size++) Read(bytes.Chunk(size)).ShouldBe(expected, $"packets of {size}");
    }

    [Fact]
    public void Any_split_of_any_stream_gives_the_same_frames()
    {
        var piece = Gen.OneOf(Gen.Const(Vt), Gen.Const(Fs), Gen.Const(Fs + "\r"), Gen.Const("\r"), Gen.Const("\n "), Gen.Const("abc"), Gen.Const("0123456"), Gen.Const("\u0000é"));
        Gen.Select(piece.Array[0, 30], Gen.Int[1, 9].Array[1, 40]).Sample((pieces, cuts) =>
        {
            var bytes = Encoding.Latin1.GetBytes(string.Concat(pieces));
            Read(Cut(bytes, cuts)).ShouldBe(Read([bytes]));
        });
    }

    [Fact]
    public void Any_frames_written_are_read_again()
    {
        Gen.Byte.Where(b => b is not 0x0B and not 0x1C).Array[0, 10].Array[0, 8].Sample(payloads =>
        {
            var written = new ArrayBufferWriter<byte>();
            foreach (var payload in payloads) MllpFrames.Write(written, payload);
            Read([written.WrittenSpan.ToArray()]).ShouldBe(string.Join(' ', payloads.Select(payload => $"Complete:{Encoding.Latin1.GetString(payload)}")));
        });
    }

    [Fact]
    public void What_was_cut_off_by_the_end_of_the_stream_can_be_kept()
    {
        var frames = new MllpFrames(100);
        var buffer = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(Vt + "half"));
        frames.TryRead(ref buffer, out _, out _).ShouldBeFalse();
        frames.IsInFrame.ShouldBeTrue();
        frames.TryEnd(ref buffer, out var rest).ShouldBeTrue();
        Encoding.Latin1.GetString(rest).ShouldBe("half");
        frames.IsInFrame.ShouldBeFalse();
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var frames = new MllpFrames(10_000);
        var bytes = Encoding.Latin1.GetBytes(Vt + new string('x', 2_000) + Fs + "\r");
        Drain(frames, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Drain(frames, bytes);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void Drain(MllpFrames frames, byte[] bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        while (frames.TryRead(ref buffer, out _, out _))
        {
        }
    }

    private static IEnumerable<byte[]> Cut(byte[] bytes, int[] sizes)
    {
        var at = 0;
        for (var i = 0; at < bytes.Length; i++)
        {
            var size = Math.Min(sizes[i % sizes.Length], bytes.Length - at);
            yield return bytes[at..(at + size)];
            at += size;
        }
    }

    private static string Read(IEnumerable<byte[]> packets)
    {
        var frames = new MllpFrames(10);
        var pending = Array.Empty<byte>();
        List<string> found = [];
        foreach (var packet in packets)
        {
            var buffer = Join(pending, packet);
            while (frames.TryRead(ref buffer, out var payload, out var kind)) found.Add($"{kind}:{Encoding.Latin1.GetString(payload)}");
            pending = buffer.ToArray();
        }

        return string.Join(' ', found);
    }

    private static ReadOnlySequence<byte> Join(byte[] first, byte[] second)
    {
        var start = new Piece(first, null);
        var end = new Piece(second, start);
        return new(start, 0, end, second.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, Piece? previous)
        {
            Memory = bytes;
            if (previous is null) return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
