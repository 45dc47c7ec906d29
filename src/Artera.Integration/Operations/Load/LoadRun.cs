using Artera.Integration.Feeds;

namespace Artera.Integration.Operations.Load;

/// <summary>Many senders at once, each waiting for its acknowledgement before it sends the next message.</summary>
internal sealed class LoadRun(MllpDestination destination, LoadMessages source, int messages, double? rate)
{
    private const int SendersAThread = 64;
    private readonly double[] milliseconds = new double[messages];
    private long started;
    private int next;
    private int acknowledged;

    /// <summary>False where nobody reads what is sent.</summary>
    public bool MatchControlIds { get; init; } = true;

    public LoadReport Run(int connections, CancellationToken cancellation)
    {
        started = TimeProvider.System.GetTimestamp();
        var threads = Enumerable.Range(0, connections).Chunk(SendersAThread).Select(share => new Thread(() => Send(share.Length, cancellation)) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        cancellation.ThrowIfCancellationRequested();
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Array.Sort(milliseconds);
        return new LoadReport
        {
            Connections = connections,
            Messages = messages,
            Acknowledged = acknowledged,
            Seconds = seconds,
            PerSecond = acknowledged / seconds,
            P50 = At(0.50),
            P95 = At(0.95),
            P99 = At(0.99),
            Max = milliseconds.Length == 0 ? 0 : milliseconds[^1],
        };
    }

    public byte[] Message(int number) => source.Message(number);

    public byte[] ControlId(int number) => MatchControlIds ? source.ControlId(number) : [];

    /// <summary>The number of a message that is due; null while none is.</summary>
    public int? Take()
    {
        while (true)
        {
            var number = Volatile.Read(ref next);
            if (number >= messages || (rate is not null && UntilDue(number) >= TimeSpan.FromMilliseconds(1)))
                return null;
            if (Interlocked.CompareExchange(ref next, number + 1, number) == number)
                return number;
        }
    }

    /// <summary>Until one more is due; null when all are taken.</summary>
    public TimeSpan? UntilNext() => Volatile.Read(ref next) is var number && number < messages ? UntilDue(number) : null;

    /// <summary>With a rate, a message that leaves late has been waiting since it was due: so says its sender, too.</summary>
    public long From(int number)
    {
        var now = TimeProvider.System.GetTimestamp();
        return rate is { } perSecond ? Math.Min(now, started + (long)(number / perSecond * TimeProvider.System.TimestampFrequency)) : now;
    }

    public void Ended(int number, long from, bool accepted)
    {
        milliseconds[number] = TimeProvider.System.GetElapsedTime(from).TotalMilliseconds;
        if (accepted)
            Interlocked.Increment(ref acknowledged);
    }

    private void Send(int connections, CancellationToken cancellation)
    {
        using var share = new LoadShare(this, destination, connections);
        share.Send(cancellation);
    }

    private TimeSpan UntilDue(int number)
    {
        if (rate is not { } perSecond)
            return TimeSpan.Zero;
        var pause = TimeSpan.FromSeconds(number / perSecond) - TimeProvider.System.GetElapsedTime(started);
        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }

    private double At(double share) => milliseconds.Length == 0 ? 0 : milliseconds[(int)Math.Ceiling(share * milliseconds.Length) - 1];
}
