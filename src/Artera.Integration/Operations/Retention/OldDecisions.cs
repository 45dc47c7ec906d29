using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations.Retention;

/// <summary>
/// A decision keeps its trigger from deciding again. So it stays while its visit is ahead, or its recall or referral is
/// active, or its campaign is not over, however old it is.
/// </summary>
internal static class OldDecisions
{
    public static Task<int> Remove(IntegrationDb db, Removal old, CancellationToken cancellation) => db.Set<PlannedMessage>()
        .Where(row => old.Ids.Contains(row.Id) && row.State != PlanState.Planned && row.DecidedAt < old.Before && row.DueAt < old.Before)
        .Where(row => row.Module != TriggerModule.Appointment
            || !db.Set<Appointment>().Any(visit => visit.Id == row.SubjectId && (visit.StartsAt == null || visit.StartsAt > old.Now)))
        .Where(row => row.Module != TriggerModule.Recall
            || !db.Set<Recall>().Any(recall => recall.Id == row.SubjectId && recall.Status == RecallStatus.Active))
        .Where(row => row.Module != TriggerModule.Referral
            || !db.Set<Referral>().Any(referral => referral.Id == row.SubjectId && referral.Status == ReferralStatus.Active))
        .Where(row => row.Module != TriggerModule.Campaign
            || !db.Set<Campaign>().Any(campaign => campaign.TriggerId == row.TriggerId && (campaign.State == CampaignState.Running || campaign.State == CampaignState.Paused)))
        .ExecuteDeleteAsync(cancellation);
}
