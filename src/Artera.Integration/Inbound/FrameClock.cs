namespace Artera.Integration.Inbound;

/// <summary>The time that a frame may take from its first byte to its last.</summary>
internal sealed class FrameClock : IDisposable
{
    private readonly TimeSpan most;
    private readonly ITimer timer;
    private bool running;
    private volatile bool expired;

    public FrameClock(TimeSpan most, Action wake, TimeProvider time)
    {
        this.most = most;
        timer = time.CreateTimer(
            _ =>
            {
                expired = true;
                wake();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>True when the frame that has begun took too long. Runs while there is one.</summary>
    public bool Expired(bool inFrame)
    {
        if (inFrame && running)
            return expired;
        if (inFrame != running)
            timer.Change(inFrame ? most : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        running = inFrame;
        return expired = false;
    }

    public void Dispose() => timer.Dispose();
}
