using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Operations.Load;

/// <summary>Many senders at once, each waiting for its acknowledgement before it sends the next message.</summary>
internal sealed class LoadRun(MllpDestination destination, LoadMessages source, int messages, double? rate)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly double[] milliseconds = new double[messages];
    private long started;
    private int next;
    private int acknowledged;

    public async Task<LoadReport> Run(int connections, CancellationToken cancellation)
    {
        started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => Send(cancellation), cancellation)));
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

    private async Task Send(CancellationToken cancellation)
    {
        await using var connection = new MllpConnection(destination);
        for (var number = Interlocked.Increment(ref next) - 1; number < messages; number = Interlocked.Increment(ref next) - 1)
        {
            var message = source.Message(number);
            var from = await Due(number, cancellation);
            var reply = await connection.Send(message, Patience, cancellation);
            milliseconds[number] = TimeProvider.System.GetElapsedTime(from).TotalMilliseconds;
            if (reply.Code is AckCode.AA or AckCode.CA)
                Interlocked.Increment(ref acknowledged);
            else if (reply.Kind == ReplyKind.NotConnected)
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }
    }

    /// <summary>With a rate, a message that leaves late has been waiting since it was due: so says its sender, too.</summary>
    private async ValueTask<long> Due(int number, CancellationToken cancellation)
    {
        if (rate is not { } perSecond)
            return TimeProvider.System.GetTimestamp();
        var due = TimeSpan.FromSeconds(number / perSecond);
        var pause = due - TimeProvider.System.GetElapsedTime(started);
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, TimeProvider.System, cancellation);
        return started + (long)(due.TotalSeconds * TimeProvider.System.TimestampFrequency);
    }

    private double At(double share) => milliseconds.Length == 0 ? 0 : milliseconds[(int)Math.Ceiling(share * milliseconds.Length) - 1];
}
