using Artera.Integration.Data;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>Rules, holidays or practices have changed: recalls or referrals that are open are decided again, as <see cref="PlanUpcoming"/> does for visits.</summary>
/// <param name="Module">Recall or Referral.</param>
/// <param name="After">The id that the batch before ended with.</param>
/// <returns>The id that this batch ends with; null when there were no more.</returns>
public sealed record PlanOpenOrders(TriggerModule Module, long After = 0, int Take = 200) : IRequest<long?>;

internal sealed class PlanOpenOrdersHandler(IntegrationDb db, ISender sender) : IRequestHandler<PlanOpenOrders, long?>
{
    public async ValueTask<long?> Handle(PlanOpenOrders request, CancellationToken cancellationToken)
    {
        var batch = request.Module == TriggerModule.Recall
            ? (await db.Set<Recall>().Where(row => row.Id > request.After && row.Status == RecallStatus.Active)
                .OrderBy(row => row.Id).Take(request.Take).ToListAsync(cancellationToken)).ConvertAll(Order.Of)
            : (await db.Set<Referral>().Where(row => row.Id > request.After && row.Status == ReferralStatus.Active)
                .OrderBy(row => row.Id).Take(request.Take).ToListAsync(cancellationToken)).ConvertAll(Order.Of);
        foreach (var ofOne in batch.GroupBy(order => order.PatientId))
            await sender.Send(new PlanMessages([.. ofOne]), cancellationToken);
        return batch is [.., var last] ? last.Id : null;
    }
}
