using System.Buffers;
using System.IO.Pipelines;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Demo;

/// <summary>The listening side of one MLLP connection of the simulator.</summary>
internal sealed class SimulatedConversation(Stream stream)
{
    private readonly PipeReader incoming = PipeReader.Create(stream);
    private readonly MllpFrames frames = new(maxBytes: 4 * 1024 * 1024);

    /// <summary>The next message, or null when the other side has hung up.</summary>
    public async Task<byte[]?> Next(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await incoming.ReadAsync(cancellation);
            var buffer = read.Buffer;
            var message = frames.TryRead(ref buffer, out var payload, out _) ? payload.ToArray() : null;
            incoming.AdvanceTo(buffer.Start, message is null ? buffer.End : buffer.Start);
            if (message is not null || read.IsCompleted)
                return message;
        }
    }

    public async Task Reply(byte[] message, CancellationToken cancellation)
    {
        var frame = new ArrayBufferWriter<byte>();
        MllpFrames.Write(frame, message);
        await stream.WriteAsync(frame.WrittenMemory, cancellation);
    }
}
