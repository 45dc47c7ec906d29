using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach.Campaigns;

internal static class Reopening
{
    /// <summary>A message that was sent has to be sent once more, another way or later: its campaign is not finished after all.</summary>
    public static async Task GoOnWithItsCampaign(this IntegrationDb db, PlannedMessage row, Instant now, CancellationToken cancellation)
    {
        if (row is { Module: TriggerModule.Campaign, State: PlanState.Planned })
        {
            await db.Set<Campaign>().Where(campaign => campaign.TriggerId == row.TriggerId && campaign.State == CampaignState.Finished).ExecuteUpdateAsync(
                set => set.SetProperty(campaign => campaign.State, CampaignState.Running).SetProperty(campaign => campaign.FinishedAt, (Instant?)null).SetProperty(campaign => campaign.DueAt, now),
                cancellation);
        }
    }
}
