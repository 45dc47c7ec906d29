using System.Buffers;
using System.IO.Pipelines;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Demo;

/// <summary>The listening side of one MLLP connection of the simulator.</summary>
internal sealed class SimulatedConversation(Stream stream)
{
    private readonly PipeReader reader = PipeReader.Create(stream);

    /// <summary>The next message, or null when the other side has hung up.</summary>
    public async Task<byte[]?> Next(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var buffer = read.Buffer;
            var message = Frame(ref buffer);
            reader.AdvanceTo(buffer.Start, message is null ? buffer.End : buffer.Start);
            if (message is not null || read.IsCompleted)
                return message;
        }
    }

    public async Task Reply(byte[] message, CancellationToken cancellation) =>
        await stream.WriteAsync((byte[])[0x0B, .. message, 0x1C, 0x0D], cancellation);

    private static byte[]? Frame(ref ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> _, 0x0B) || !reader.TryReadTo(out ReadOnlySequence<byte> payload, 0x1C))
            return null;
        buffer = buffer.Slice(reader.Position);
        return payload.ToArray();
    }
}
