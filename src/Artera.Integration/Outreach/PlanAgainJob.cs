using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Artera.Integration.Outreach;

/// <summary>Looks for triggers that were changed and has what they touch planned again. Sending goes on meanwhile.</summary>
[DisallowConcurrentExecution]
internal sealed class PlanAgainJob(IServiceScopeFactory scopes, WriteGate gate, TimeProvider time) : IJob
{
    private const int Batch = 200;

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

    private async Task<bool> Next(Replanning claimed, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        var row = await db.Set<Replanning>().AsNoTracking().SingleAsync(replanning => replanning.Id == claimed.Id, cancellation);
        if (row.Claim != claimed.Claim)
            return false;
        var look = new WhatToPlan(db, row, time.Now());
        var of = row.Of ?? await look.Count(cancellation);
        var (ids, place) = await look.Next(Batch, cancellation);
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(new PlanNextBatch(row, ids, place, of), cancellation);
    }
}
