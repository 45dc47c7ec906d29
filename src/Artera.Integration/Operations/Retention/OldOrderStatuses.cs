using Artera.Integration.Data;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations.Retention;

/// <summary>What is said once of a recall or a referral would be said again without it: it stays while the order is active.</summary>
internal static class OldOrderStatuses
{
    public static Task<int> Remove(IntegrationDb db, Removal old, CancellationToken cancellation) => db.Set<PendingOrderStatus>()
        .Where(row => old.Ids.Contains(row.Id) && row.SettledAt < old.Before && (row.State == WriteBackState.Done || row.State == WriteBackState.Dropped))
        .Where(row => row.Once == null || row.Kind != OrderKind.Recall
            || !db.Set<Recall>().Any(recall => recall.Id == row.OrderId && recall.Status == RecallStatus.Active))
        .Where(row => row.Once == null || row.Kind != OrderKind.Referral
            || !db.Set<Referral>().Any(referral => referral.Id == row.OrderId && referral.Status == ReferralStatus.Active))
        .ExecuteDeleteAsync(cancellation);
}
