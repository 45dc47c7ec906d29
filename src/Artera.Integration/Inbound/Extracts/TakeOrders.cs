using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound.Extracts;

/// <summary>What some lines of an extract say is laid over what is known; each adds or changes one recall or referral.</summary>
/// <param name="Into">The file that they are of, counted in the same transaction; null when nobody counts.</param>
/// <returns>What became of each line, in their order.</returns>
internal sealed record TakeOrders(Feed Feed, IReadOnlyList<OrderLine> Lines, long? Into = null) : IRequest<IReadOnlyList<OrderFate>>;

internal enum OrderFate
{
    Applied,

    /// <summary>Something newer is known.</summary>
    Stale,

    /// <summary>New, and for a location or provider that no practice owns.</summary>
    Unmapped,

    /// <summary>The line says why it cannot be taken.</summary>
    Bad,
}

internal static class OrderFates
{
    public static string? Problem(this OrderFate fate) => fate == OrderFate.Unmapped ? "unmapped location" : null;
}

internal sealed class TakeOrdersHandler(IntegrationDb db, ISender sender, Snapshot<EnterpriseDirectory> enterprise) : IRequestHandler<TakeOrders, IReadOnlyList<OrderFate>>
{
    public async ValueTask<IReadOnlyList<OrderFate>> Handle(TakeOrders request, CancellationToken cancellationToken)
    {
        var taken = request.Into is { } into ? await db.Set<TakenExtract>().SingleAsync(row => row.Id == into, cancellationToken) : null;
        if (taken?.LastLine >= request.Lines[0].Line)
            throw new OperationCanceledException("another node has gone on with the extract");
        var fates = new List<OrderFate>(request.Lines.Count);
        foreach (var line in request.Lines)
        {
            fates.Add(line.Said is null ? OrderFate.Bad : await Take(request.Feed, line, cancellationToken));
            await db.SaveChangesAsync(cancellationToken);
        }

        taken?.Note(request.Lines, fates);
        return fates;
    }

    private async Task<OrderFate> Take(Feed feed, OrderLine line, CancellationToken cancellation)
    {
        var (location, provider) = line.Said switch
        {
            RecallChanged recall => (recall.Location, recall.Provider),
            ReferralChanged referral => (referral.Location, referral.Provider),
            _ => throw new InvalidOperationException("a line of an extract is a recall or a referral"),
        };
        var practice = (await enterprise.Get(cancellation)).PracticeOf(feed.Emr, location.Code(), provider.Code())?.Id;
        var patient = await sender.Send(new KnowPatient(feed.Emr, feed.Options.Region, line.Said!.Patient), cancellation);
        await db.SaveChangesAsync(cancellation);
        if (line.Said is RecallChanged said)
        {
            return await sender.Send(new RecordRecall(feed.Emr, feed.Name, patient.Id, practice, said, line.Version, null), cancellation) switch
            {
                RecordRecall.Outcome.Stale => OrderFate.Stale,
                RecordRecall.Outcome.Unmapped => OrderFate.Unmapped,
                _ => OrderFate.Applied,
            };
        }

        return await sender.Send(new RecordReferral(feed.Emr, feed.Name, patient.Id, practice, (ReferralChanged)line.Said, line.Version, null), cancellation) switch
        {
            RecordReferral.Outcome.Stale => OrderFate.Stale,
            RecordReferral.Outcome.Unmapped => OrderFate.Unmapped,
            _ => OrderFate.Applied,
        };
    }
}
