using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Pages;

/// <summary>The latest campaigns, and how far each has come.</summary>
public sealed partial class CampaignsPage : Live
{
    private const int Most = 50;

    /// <summary>Counts of campaigns that are over: they change no more, and are many rows.</summary>
    private readonly Dictionary<long, (int Done, int All)> over = [];
    private IReadOnlyList<Line> lines = [];
    private EnterpriseDirectory? directory;
    private bool looked;

    [Inject]
    private Desk Desk { get; set; } = null!;

    [Inject]
    private Snapshot<EnterpriseDirectory> Enterprise { get; set; } = null!;

    protected override async Task Look(CancellationToken cancellation)
    {
        directory = await Enterprise.Get(cancellation);
        lines = await Desk.Read(async db =>
        {
            var found = new List<Line>();
            foreach (var campaign in await db.Set<Campaign>().AsNoTracking().OrderByDescending(row => row.Id).Take(Most).ToListAsync(cancellation))
            {
                var (done, all) = await Count(db, campaign, cancellation);
                found.Add(new(campaign, done, all));
            }

            return found;
        });
        looked = true;
    }

    private async Task<(int Done, int All)> Count(IntegrationDb db, Campaign campaign, CancellationToken cancellation)
    {
        if (campaign.State == CampaignState.Draft)
            return default;
        if (over.TryGetValue(campaign.Id, out var known))
            return known;
        var trigger = campaign.TriggerId;
        var states = await db.Set<PlannedMessage>().Where(row => row.TriggerId == trigger).GroupBy(row => row.State)
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellation);
        var counted = (Done: states.Where(one => one.Key != PlanState.Planned).Sum(one => one.Count), All: states.Sum(one => one.Count));
        if (campaign.State is CampaignState.Finished or CampaignState.Stopped)
            over[campaign.Id] = counted;
        return counted;
    }

    private sealed record Line(Campaign Campaign, int Done, int All);
}
