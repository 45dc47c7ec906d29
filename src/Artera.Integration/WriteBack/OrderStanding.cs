using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>Whether the EMR knows what became of a recall or a referral last.</summary>
/// <param name="Since">When that became so; while it waits, when it happened.</param>
/// <param name="Cause">Why it waits: a code for staff.</param>
public sealed record OrderStanding(long OrderStatusId, OrderStatus Status, InEmr State, Instant Since, string? Cause, int Attempts);

public static class OrderStandings
{
    /// <summary>Where the latest status of each order stands; orders of which the EMR need hear nothing are left out.</summary>
    public static async Task<Dictionary<long, OrderStanding>> OrdersInTheEmr(
        this IntegrationDb db, OrderKind kind, IReadOnlyCollection<long> orderIds, CancellationToken cancellation)
    {
        if (orderIds.Count == 0)
            return [];
        var statuses = db.Set<PendingOrderStatus>();
        var latest = await statuses.AsNoTracking()
            .Where(row => row.Kind == kind && orderIds.Contains(row.OrderId)
                && !statuses.Any(newer => newer.Kind == kind && newer.OrderId == row.OrderId && newer.Id > row.Id))
            .Select(row => new { row.Id, row.OrderId, row.Status, row.State, row.CreatedAt, row.SettledAt, row.Cause, row.Attempts })
            .ToListAsync(cancellation);
        return latest.ToDictionary(
            row => row.OrderId,
            row => new OrderStanding(row.Id, row.Status, EmrStandings.Of(row.State), row.SettledAt ?? row.CreatedAt, row.Cause, row.Attempts));
    }
}
