using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound.Extracts;

/// <summary>A file was found and is taken.</summary>
internal sealed record BeginExtract(string Feed, OrderKind Kind, string Name) : IRequest<TakenExtract>;

internal sealed class BeginExtractHandler(IntegrationDb db, TimeProvider time) : IRequestHandler<BeginExtract, TakenExtract>
{
    public async ValueTask<TakenExtract> Handle(BeginExtract request, CancellationToken cancellationToken)
    {
        var taken = new TakenExtract { Feed = request.Feed, Kind = request.Kind, Name = request.Name, FoundAt = time.Now() };
        db.Add(taken);
        await db.SaveChangesAsync(cancellationToken);
        return taken;
    }
}

/// <summary>A file is read to its end, or cannot be read, or has been put away.</summary>
/// <param name="Refused">Why it cannot be read; null when it was.</param>
internal sealed record SettleExtract(long Id, string? Refused, IReadOnlyList<string> NotRead, bool PutAway) : IRequest<TakenExtract>;

internal sealed class SettleExtractHandler(IntegrationDb db, TimeProvider time) : IRequestHandler<SettleExtract, TakenExtract>
{
    public async ValueTask<TakenExtract> Handle(SettleExtract request, CancellationToken cancellationToken)
    {
        var taken = await db.Set<TakenExtract>().SingleAsync(row => row.Id == request.Id, cancellationToken);
        if (taken.State == ExtractState.Taken)
        {
            taken.State = request.Refused is null ? ExtractState.Applied : ExtractState.Refused;
            (taken.Refused, taken.NotRead, taken.FinishedAt) = (request.Refused, [.. request.NotRead], time.Now());
        }

        taken.PutAway |= request.PutAway;
        return taken;
    }
}
