using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Quartz;

namespace Artera.Integration.WriteBack;

/// <summary>Looks which destinations have answers due, and has those worked on that nobody works on.</summary>
[DisallowConcurrentExecution]
public sealed class WriteBackJob(
    IntegrationDb db,
    EmrWriters writers,
    SendAnswers sending,
    WriteBackMetrics metrics,
    TimeProvider time,
    WriteGate gate,
    IOptions<WriteBackOptions> options) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await OpenDestinations(cancellationToken);
        var now = time.Now();
        var idle = writers.Feeds.Where(sending.IsIdle).ToArray();
        var due = db.Set<PendingWriteBack>().DueFor(db, now);
        var destinations = await db.ClaimDue(
            db.Set<EmrDestination>().Where(row => idle.Contains(row.Feed) && due.Any(answer => answer.Feed == row.Feed)),
            now,
            take: idle.Length,
            Duration.FromTimeSpan(options.Value.Lease),
            gate,
            cancellationToken);
        destinations.ForEach(sending.Begin);
        if (metrics.AreOld(now))
            metrics.Counted(await db.WriteBackQueuesNow(cancellationToken), now);
    }

    private async Task OpenDestinations(CancellationToken cancellation)
    {
        var known = await db.Set<EmrDestination>().Select(row => row.Feed).ToListAsync(cancellation);
        var missing = writers.Feeds.Except(known, StringComparer.OrdinalIgnoreCase).ToList();
        if (missing.Count == 0)
            return;
        using var turn = await gate.Enter(cancellation);
        db.AddRange(missing.Select(feed => new EmrDestination { Feed = feed, DueAt = time.Now() }));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException lost) when (LostRace.Is(lost))
        {
            // Another node has opened it, and whoever looks next finds it.
            db.ChangeTracker.Clear();
        }
    }
}
