using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Quartz;

namespace Artera.Integration.WriteBack;

/// <summary>
/// Puts down what became of recalls and referrals, a file each. A file is written before its row is settled: after a crash
/// in between it is written again, in its own place.
/// </summary>
[DisallowConcurrentExecution]
public sealed partial class OrderStatusJob(
    IntegrationDb db,
    OrderStatusFeeds feeds,
    OrderStatusMetrics metrics,
    IServiceScopeFactory scopes,
    TimeProvider time,
    WriteGate gate,
    IOptions<WriteBackOptions> options,
    ILogger<OrderStatusJob> log) : IJob
{
    private const int Most = 50;
    private const int MostPlaced = 500;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (metrics.AreOld(time.Now()))
            await Place(cancellationToken);
        if (feeds.All.Count == 0)
            return;
        var lease = Duration.FromTimeSpan(options.Value.Lease);
        var rows = await db.ClaimDue(db.WaitingOrderStatuses(feeds.Names), time.Now(), Most, lease, gate, cancellationToken);
        foreach (var row in rows)
            await Tell(row, cancellationToken);
    }

    /// <summary>Another node may have other settings for a while: it is looked at every time that the queues are counted.</summary>
    private async Task Place(CancellationToken cancellation)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var (moved, parked) = await scope.ServiceProvider.GetRequiredService<ISender>().Send(new PlaceOrderStatuses(MostPlaced), cancellation);
            if (parked > 0)
                LogParked(log, parked);
            if (moved + parked < MostPlaced)
                break;
        }

        metrics.Counted(await db.OrderStatusQueuesNow(feeds.Names, cancellation), time.Now());
    }

    private async Task Tell(PendingOrderStatus row, CancellationToken cancellation)
    {
        var trouble = await PutDown(row, cancellation);
        var now = time.Now();
        var attempts = row.Attempts + 1;
        var state = trouble is null ? WriteBackState.Done : WriteBackState.Pending;
        Instant? settled = trouble is null ? now : null;
        var due = trouble is null ? now : now + Pause(attempts);
        if (trouble is not null)
            LogTrouble(log, row.Key, row.Feed, trouble);
        else
            metrics.Told(row.Feed);

        using var turn = await gate.Enter(cancellation);
        await db.Set<PendingOrderStatus>().Where(mine => mine.Id == row.Id && mine.Claim == row.Claim).ExecuteUpdateAsync(
            set => set.SetProperty(mine => mine.State, state)
                .SetProperty(mine => mine.Attempts, attempts)
                .SetProperty(mine => mine.Cause, trouble)
                .SetProperty(mine => mine.SettledAt, settled)
                .SetProperty(mine => mine.DueAt, due)
                .SetProperty(mine => mine.Claim, (Guid?)null)
                .SetProperty(mine => mine.ClaimedUntil, (Instant?)null),
            cancellation);
    }

    /// <returns>The name of the error, or null. Whatever it is, the others behind it are told meanwhile.</returns>
    private async Task<string?> PutDown(PendingOrderStatus row, CancellationToken cancellation)
    {
        var feed = feeds.All.First(known => string.Equals(known.Name, row.Feed, StringComparison.OrdinalIgnoreCase));
        try
        {
            var file = await OrderStatusFile.Of(row, feed, db, cancellation);
            await file.PutInto(feed.Options.OrderStatus!.Folder, cancellation);
            return null;
        }
        catch (Exception trouble) when (!cancellation.IsCancellationRequested)
        {
            return trouble.GetType().Name;
        }
    }

    /// <summary>A folder that is away comes back: it is tried for as long as it takes.</summary>
    private Duration Pause(int attempts) => Duration.Min(
        Data.RetryPolicy.After(Failure.Transient, attempts, most: int.MaxValue).Pause, Duration.FromTimeSpan(options.Value.LongestDownPause));

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} order statuses are parked: no feed of their EMR has OrderStatus in its settings any more")]
    private static partial void LogParked(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order status {Key} of feed {Feed} could not be put down ({Trouble}); it is tried again")]
    private static partial void LogTrouble(ILogger log, string key, string feed, string trouble);
}
