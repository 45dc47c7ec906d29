using Artera.Integration.Data;
using Artera.Integration.Web.Components;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Tracing;

/// <summary>What the EMR was told of a recall or a referral.</summary>
internal static class OrderStatusSteps
{
    private const int Most = 200;

    public static async Task<List<TraceStep>> Told(IntegrationDb db, OrderKind kind, long orderId, CancellationToken cancellation)
    {
        var rows = await db.Set<PendingOrderStatus>().AsNoTracking().Where(row => row.Kind == kind && row.OrderId == orderId)
            .OrderByDescending(row => row.Id).Take(Most).ToListAsync(cancellation);
        return rows.ConvertAll(row => new TraceStep(row.SettledAt ?? row.CreatedAt, TraceStage.WrittenBack, $"order-status:{row.Id}", $"The EMR is told: {row.Status}")
        {
            State = row.State.ToString(),
            Detail = OrderWords.Why(row.Cause),
            Tone = row.State switch
            {
                WriteBackState.Done => Tone.Good,
                WriteBackState.Pending => Tone.Wait,
                WriteBackState.Dropped => Tone.Plain,
                _ => Tone.Bad,
            },
        });
    }
}
