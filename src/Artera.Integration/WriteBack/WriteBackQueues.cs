using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>How the way back to one EMR stands.</summary>
/// <param name="Pending">Answers that wait for the EMR.</param>
/// <param name="Parked">Answers that wait for a person.</param>
/// <param name="OldestPending">When the oldest answer that waits for the EMR was given.</param>
/// <param name="DownSince">Since when the EMR does not listen; null while it does.</param>
/// <param name="Cause">Why not.</param>
public sealed record WriteBackQueue(string Feed, int Pending, int Parked, Instant? OldestPending, Instant? DownSince, string? Cause);

public static class WriteBackQueues
{
    /// <summary>The ways back, also of feeds whose answers wait although the settings name no way back any more.</summary>
    public static async Task<List<WriteBackQueue>> WriteBackQueuesNow(this IntegrationDb db, CancellationToken cancellation)
    {
        var open = await db.Set<PendingWriteBack>()
            .Where(row => row.State == WriteBackState.Pending || row.State == WriteBackState.Parked)
            .GroupBy(row => new { row.Feed, row.State })
            .Select(group => new { group.Key.Feed, group.Key.State, Count = group.Count(), Oldest = group.Min(row => row.CreatedAt) })
            .ToListAsync(cancellation);
        var destinations = await db.Set<EmrDestination>().AsNoTracking().ToListAsync(cancellation);

        return [.. destinations.Select(row => row.Feed).Union(open.Select(row => row.Feed)).Order(StringComparer.Ordinal).Select(feed =>
        {
            var pending = open.Find(row => row.Feed == feed && row.State == WriteBackState.Pending);
            var parked = open.Find(row => row.Feed == feed && row.State == WriteBackState.Parked);
            var destination = destinations.Find(row => row.Feed == feed);
            return new WriteBackQueue(feed, pending?.Count ?? 0, parked?.Count ?? 0, pending?.Oldest, destination?.DownSince, destination?.Cause);
        })];
    }
}
