using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>A new list takes the place of the one before.</summary>
internal sealed record BeginList(long CampaignId) : IRequest<CampaignSaid>;

/// <param name="ExternalId">The EMR's identifier of a patient, as it was written.</param>
internal sealed record ListedRow(int Row, string ExternalId);

/// <summary>Some rows of a list, with whom they mean.</summary>
internal sealed record AddToList(long CampaignId, IReadOnlyList<ListedRow> Rows) : IRequest<Unit>;

/// <summary>The list was read to its end: without that the campaign has none.</summary>
internal sealed record EndList(long CampaignId, int Rows, string Who) : IRequest<CampaignSaid>;

internal sealed class ListHandler(IntegrationDb db, IPublisher publisher)
    : IRequestHandler<BeginList, CampaignSaid>, IRequestHandler<AddToList, Unit>, IRequestHandler<EndList, CampaignSaid>
{
    private const int LongestIdentifier = 200;

    public async ValueTask<CampaignSaid> Handle(BeginList request, CancellationToken cancellationToken)
    {
        if (await db.Set<Campaign>().SingleOrDefaultAsync(row => row.Id == request.CampaignId, cancellationToken) is not { } campaign)
            return CampaignSaid.NotThere;
        if (campaign is not { State: CampaignState.Draft, Audience: null })
            return new(null, campaign.Audience is null ? "it was started already" : "it goes to an audience, not to a list");
        campaign.Rows = null;
        await db.Set<ListedPatient>().Where(row => row.CampaignId == campaign.Id).ExecuteDeleteAsync(cancellationToken);
        return new(campaign);
    }

    public async ValueTask<Unit> Handle(AddToList request, CancellationToken cancellationToken)
    {
        var ids = request.Rows.Select(row => row.ExternalId).Distinct(StringComparer.Ordinal).ToList();
        var practice = await db.Set<Campaign>().Where(row => row.Id == request.CampaignId).Select(row => row.PracticeId).SingleAsync(cancellationToken);
        var emrs = await db.Set<Resource>().Where(row => row.PracticeId == practice).Select(row => row.Emr).Distinct().ToListAsync(cancellationToken);
        var known = (await db.Set<PatientIdentifier>().AsNoTracking()
            .Where(row => emrs.Contains(row.Emr) && ids.Contains(row.ExternalId))
            .Select(row => new { row.ExternalId, row.PatientId })
            .ToListAsync(cancellationToken)).ToLookup(row => row.ExternalId, row => row.PatientId, StringComparer.Ordinal);
        var meant = known.SelectMany(patients => patients).Distinct().ToList();
        var listed = await db.Set<ListedPatient>()
            .Where(row => row.CampaignId == request.CampaignId && row.PatientId != null && meant.Contains(row.PatientId.Value))
            .Select(row => row.PatientId!.Value)
            .ToHashSetAsync(cancellationToken);
        foreach (var row in request.Rows)
            db.Add(Listed(request.CampaignId, row, [.. known[row.ExternalId].Distinct()], listed));
        return Unit.Value;
    }

    public async ValueTask<CampaignSaid> Handle(EndList request, CancellationToken cancellationToken)
    {
        var campaign = await db.Set<Campaign>().SingleAsync(row => row.Id == request.CampaignId, cancellationToken);
        if (campaign.State != CampaignState.Draft)
            return new(null, "it was started already");
        campaign.Rows = request.Rows;
        await publisher.Publish(new CampaignDecided(campaign.Id, "listed", request.Who), cancellationToken);
        return new(campaign);
    }

    private static ListedPatient Listed(long campaign, ListedRow row, List<long> patients, HashSet<long> listed)
    {
        var problem = row.ExternalId.Length == 0 ? ListProblems.Empty
            : row.ExternalId.Length > LongestIdentifier ? ListProblems.TooLong
            : patients.Count == 0 ? ListProblems.Unknown
            : patients.Count > 1 ? ListProblems.Ambiguous
            : listed.Add(patients[0]) ? null
            : ListProblems.Twice;
        return new()
        {
            CampaignId = campaign,
            Row = row.Row,
            ExternalId = row.ExternalId[..Math.Min(row.ExternalId.Length, LongestIdentifier)],
            PatientId = problem is null ? patients[0] : null,
            Problem = problem,
        };
    }
}
