using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>Takes a claimed replanning one batch further, if it still stands where the batch was looked for; without a batch it is finished.</summary>
/// <returns>False when it is finished, or somebody else's.</returns>
internal sealed record PlanNextBatch(Replanning Seen, IReadOnlyList<long> Ids, PlanPlace Place, int? Of) : IRequest<bool>
{
    /// <summary>How long one batch may take before another node takes over.</summary>
    public static readonly Duration Lease = Duration.FromMinutes(2);
}

internal sealed class PlanNextBatchHandler(IntegrationDb db, ISender sender, TimeProvider time) : IRequestHandler<PlanNextBatch, bool>
{
    public async ValueTask<bool> Handle(PlanNextBatch request, CancellationToken cancellationToken)
    {
        var row = await db.Set<Replanning>().SingleAsync(replanning => replanning.Id == request.Seen.Id, cancellationToken);
        if (row.Claim != request.Seen.Claim || row.FinishedAt is not null)
            return false;

        // Another edit has it begin again.
        if (row.StartedAt != request.Seen.StartedAt || row.Place != request.Seen.Place)
            return true;

        row.Of = request.Of;
        if (request.Ids.Count == 0)
        {
            row.FinishedAt = time.Now();
            row.Release();
            return false;
        }

        await sender.Send(new PlanOpen(row.Module, request.Ids), cancellationToken);
        row.Done += request.Ids.Count;
        row.Place = request.Place;
        row.ClaimedUntil = time.Now() + PlanNextBatch.Lease;
        return true;
    }
}
