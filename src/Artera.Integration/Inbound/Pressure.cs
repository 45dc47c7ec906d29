using Microsoft.Extensions.Options;

namespace Artera.Integration.Inbound;

/// <summary>
/// How many messages are kept and wait to be applied, on all nodes together, and how far the senders are slowed for it: reading
/// pauses the longer, the more wait. Nobody is refused for it.
/// </summary>
internal sealed class Pressure(IOptions<InboundOptions> options)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private long waiting;

    public long Waiting => Math.Max(0, Volatile.Read(ref waiting));

    /// <summary>How long a port waits before it reads on; up to <see cref="InboundOptions.MostWaiting"/>, not at all, and at twice as many a second.</summary>
    public TimeSpan Pause => options.Value is { Apply: true, MostWaiting: > 0 and var most }
        ? Longest * Math.Clamp((Waiting - most) / (double)most, 0, 1)
        : TimeSpan.Zero;

    public void Kept(int messages) => Interlocked.Add(ref waiting, messages);

    public void TakenUp(int messages) => Interlocked.Add(ref waiting, -messages);

    /// <summary>By the database, which knows of other nodes.</summary>
    public void Counted(long messages) => Volatile.Write(ref waiting, messages);
}
