using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Artera.Integration.Outreach;

/// <summary>Looks for triggers that were changed and has what they touch planned again. Sending goes on meanwhile.</summary>
[DisallowConcurrentExecution]
internal sealed class PlanAgainJob(IServiceScopeFactory scopes, WriteGate gate, TimeProvider time) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        while (await Claim(cancellationToken) is [var row])
        {
            while (await Next(row, cancellationToken))
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<List<Replanning>> Claim(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        return await db.ClaimDue(db.Set<Replanning>().Where(row => row.FinishedAt == null), time.Now(), take: 1, PlanNextBatch.Lease, gate, cancellation);
    }

    private async Task<bool> Next(Replanning row, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(new PlanNextBatch(row.Id, row.Claim!.Value), cancellation);
    }
}
