using Artera.Integration.Data;
using NodaTime;

namespace Artera.Integration.WriteBack;

internal static class OrderStatusesThatWait
{
    /// <summary>
    /// A status waits for the earlier ones of its own recall or referral, and for no others. One that is parked is waited for
    /// too: it is said as soon as a feed of its EMR listens, or a person decides that it need not be.
    /// </summary>
    public static IQueryable<PendingOrderStatus> WaitingOrderStatuses(this IntegrationDb db, string[] feeds) => db.Set<PendingOrderStatus>().Where(row =>
        row.State == WriteBackState.Pending && feeds.Contains(row.Feed)
        && !db.Set<PendingOrderStatus>().Any(earlier =>
            earlier.Kind == row.Kind && earlier.OrderId == row.OrderId && earlier.Id < row.Id
            && (earlier.State == WriteBackState.Pending || earlier.State == WriteBackState.Parked)));

    /// <summary>Those that no feed of the settings says, though nobody is at it.</summary>
    public static IQueryable<PendingOrderStatus> OrderStatusesWithoutFeed(this IntegrationDb db, string[] feeds, Instant now) => db.Set<PendingOrderStatus>().Where(row =>
        row.State == WriteBackState.Pending && !feeds.Contains(row.Feed) && (row.ClaimedUntil == null || row.ClaimedUntil < now));

    /// <summary>Those that were parked for want of a feed, and have one again.</summary>
    public static IQueryable<PendingOrderStatus> OrderStatusesWithFeedAgain(this IntegrationDb db, string[] feeds, string[] emrs) => db.Set<PendingOrderStatus>().Where(row =>
        row.State == WriteBackState.Parked && row.Cause == Causes.NoTarget && (feeds.Contains(row.Feed) || emrs.Contains(row.Emr)));
}
