using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>Takes a claimed replanning one batch further.</summary>
/// <returns>False when it is finished, or somebody else's.</returns>
internal sealed record PlanNextBatch(long Id, Guid Claim) : IRequest<bool>
{
    /// <summary>How long one batch may take before another node takes over.</summary>
    public static readonly Duration Lease = Duration.FromMinutes(2);
}

internal sealed class PlanNextBatchHandler(IntegrationDb db, ISender sender, TimeProvider time) : IRequestHandler<PlanNextBatch, bool>
{
    public async ValueTask<bool> Handle(PlanNextBatch request, CancellationToken cancellationToken)
    {
        var row = await db.Set<Replanning>().SingleAsync(replanning => replanning.Id == request.Id, cancellationToken);
        if (row.Claim != request.Claim || row.FinishedAt is not null)
            return false;

        var batch = await sender.Send(new PlanOpen(row.Module, row.PracticeId, row.After), cancellationToken);
        row.Done += batch.Count;
        row.ClaimedUntil = time.Now() + PlanNextBatch.Lease;
        if (batch.Last is { } last)
        {
            row.After = last;
            return true;
        }

        row.FinishedAt = time.Now();
        row.Release();
        return false;
    }
}
