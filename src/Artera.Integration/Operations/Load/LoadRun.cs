using Artera.Integration.Feeds;

namespace Artera.Integration.Operations.Load;

/// <summary>Many senders at once, each waiting for its acknowledgement before it sends the next message.</summary>
internal sealed class LoadRun(MllpDestination destination, LoadMessages source, int messages, double? rate)
{
    private static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromMilliseconds(100);
    private readonly double[] milliseconds = new double[messages];
    private long started;
    private int next;
    private int acknowledged;

    /// <summary>False where nobody reads what is sent.</summary>
    public bool MatchControlIds { get; init; } = true;

    public LoadReport Run(int connections, CancellationToken cancellation)
    {
        started = TimeProvider.System.GetTimestamp();
        var senders = Enumerable.Range(0, connections).Select(_ => new Thread(() => Send(cancellation)) { IsBackground = true }).ToList();
        senders.ForEach(sender => sender.Start());
        senders.ForEach(sender => sender.Join());
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

    private void Send(CancellationToken cancellation)
    {
        using var sender = new LoadSender(destination);
        for (var number = Interlocked.Increment(ref next) - 1; number < messages && !cancellation.IsCancellationRequested; number = Interlocked.Increment(ref next) - 1)
        {
            var message = source.Message(number);
            var from = Due(number, cancellation);
            var accepted = sender.Send(message, MatchControlIds ? source.ControlId(number) : []);
            milliseconds[number] = TimeProvider.System.GetElapsedTime(from).TotalMilliseconds;
            if (accepted)
                Interlocked.Increment(ref acknowledged);
            else
                cancellation.WaitHandle.WaitOne(BeforeTryingAgain);
        }
    }

    /// <summary>With a rate, a message that leaves late has been waiting since it was due: so says its sender, too.</summary>
    private long Due(int number, CancellationToken cancellation)
    {
        if (rate is not { } perSecond)
            return TimeProvider.System.GetTimestamp();
        var due = TimeSpan.FromSeconds(number / perSecond);
        var pause = due - TimeProvider.System.GetElapsedTime(started);
        if (pause > TimeSpan.Zero)
            cancellation.WaitHandle.WaitOne(pause);
        return started + (long)(due.TotalSeconds * TimeProvider.System.TimestampFrequency);
    }

    private double At(double share) => milliseconds.Length == 0 ? 0 : milliseconds[(int)Math.Ceiling(share * milliseconds.Length) - 1];
}
