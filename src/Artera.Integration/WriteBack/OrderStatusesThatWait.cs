using Artera.Integration.Data;

namespace Artera.Integration.WriteBack;

internal static class OrderStatusesThatWait
{
    /// <summary>A status waits for the earlier ones of its own recall or referral, and for no others.</summary>
    public static IQueryable<PendingOrderStatus> WaitingOrderStatuses(this IntegrationDb db, string[] feeds) => db.Set<PendingOrderStatus>().Where(row =>
        row.State == WriteBackState.Pending && feeds.Contains(row.Feed)
        && !db.Set<PendingOrderStatus>().Any(earlier =>
            earlier.Kind == row.Kind && earlier.OrderId == row.OrderId && earlier.State == WriteBackState.Pending && earlier.Id < row.Id));
}
