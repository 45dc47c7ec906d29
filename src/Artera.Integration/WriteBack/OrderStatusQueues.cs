using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>What one feed has yet to say of recalls and referrals.</summary>
/// <param name="Pending">Statuses that wait for the EMR.</param>
/// <param name="Parked">Statuses that wait for a person.</param>
/// <param name="OldestPending">Since when the oldest one waits for the EMR.</param>
public sealed record OrderStatusQueue(string Feed, int Pending, int Parked, Instant? OldestPending);

public static class OrderStatusQueues
{
    /// <summary>The feeds that listen, and those that do not any more and have left something unsaid.</summary>
    public static async Task<List<OrderStatusQueue>> OrderStatusQueuesNow(this IntegrationDb db, IReadOnlyCollection<string> listening, CancellationToken cancellation)
    {
        var open = await db.Set<PendingOrderStatus>()
            .Where(row => row.State == WriteBackState.Pending || row.State == WriteBackState.Parked)
            .GroupBy(row => new { row.Feed, row.State })
            .Select(group => new { group.Key.Feed, group.Key.State, Count = group.Count(), Oldest = group.Min(row => row.CreatedAt) })
            .ToListAsync(cancellation);
        return [.. listening.Union(open.Select(row => row.Feed)).Order(StringComparer.Ordinal).Select(feed =>
        {
            var pending = open.Find(row => row.Feed == feed && row.State == WriteBackState.Pending);
            var parked = open.Find(row => row.Feed == feed && row.State == WriteBackState.Parked);
            return new OrderStatusQueue(feed, pending?.Count ?? 0, parked?.Count ?? 0, pending?.Oldest);
        })];
    }
}
