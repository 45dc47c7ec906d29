using Artera.Integration.Data;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Api;

/// <summary>Recalls and referrals, and in a second query what the EMR knows of each.</summary>
internal static class OrderRows
{
    public static async Task<List<RecallRow>> ReadRows(this IQueryable<Recall> recalls, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = await recalls.AsNoTracking().ToListAsync(cancellation);
        var standings = await db.OrdersInTheEmr(OrderKind.Recall, rows.ConvertAll(row => row.Id), cancellation);
        return rows.ConvertAll(row => RecallRow.Of(row, standings.GetValueOrDefault(row.Id)));
    }

    public static async Task<List<ReferralRow>> ReadRows(this IQueryable<Referral> referrals, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = await referrals.AsNoTracking().ToListAsync(cancellation);
        var standings = await db.OrdersInTheEmr(OrderKind.Referral, rows.ConvertAll(row => row.Id), cancellation);
        return rows.ConvertAll(row => ReferralRow.Of(row, standings.GetValueOrDefault(row.Id)));
    }
}
