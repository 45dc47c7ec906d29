using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>
/// Plans the next patients of a campaign that was started: one line of the ledger for each, sent when, or not and why. How
/// far it has come commits with the lines, so that a node that dies leaves nothing undone and nothing to be done twice.
/// </summary>
/// <returns>False when everybody is planned, or the campaign is somebody else's.</returns>
internal sealed record PlanCampaign(long CampaignId, Guid Claim) : IRequest<bool>
{
    /// <summary>How long one step may take before another node takes over.</summary>
    public static readonly Duration Lease = Duration.FromMinutes(1);
}

internal sealed class PlanCampaignHandler(
    IntegrationDb db, Crowd crowd, CampaignChoice choice, Snapshot<EnterpriseDirectory> enterprise, IOptions<OutreachOptions> options, TimeProvider time)
    : IRequestHandler<PlanCampaign, bool>
{
    private const int Batch = 500;

    public async ValueTask<bool> Handle(PlanCampaign request, CancellationToken cancellationToken)
    {
        var campaign = await db.Set<Campaign>().SingleAsync(row => row.Id == request.CampaignId, cancellationToken);
        if (campaign.Claim != request.Claim || campaign is not { State: CampaignState.Running, AllPlanned: false })
            return false;
        var batch = await crowd.Next(campaign, campaign.After, Batch, cancellationToken);
        campaign.ClaimedUntil = time.Now() + PlanCampaign.Lease;
        if (batch.Last is not { } last)
        {
            campaign.AllPlanned = true;
            return false;
        }

        campaign.After = last;
        await Plan(campaign, batch.Patients, cancellationToken);
        return true;
    }

    private async Task Plan(Campaign campaign, IReadOnlyList<Patient> patients, CancellationToken cancellation)
    {
        var (now, directory) = (time.Now(), await enterprise.Get(cancellation));
        var calendar = new PracticeCalendar(directory.Practice(campaign.PracticeId), directory.Holidays);
        var trigger = await db.Set<Trigger>().AsNoTracking().SingleAsync(row => row.Id == campaign.TriggerId, cancellation);
        var ids = patients.Select(patient => patient.Id).ToList();
        var planned = await db.Set<PlannedMessage>()
            .Where(row => row.Module == TriggerModule.Campaign && row.TriggerId == campaign.TriggerId && ids.Contains(row.SubjectId))
            .Select(row => row.SubjectId)
            .ToHashSetAsync(cancellation);
        foreach (var one in await choice.Of(campaign, trigger, [.. patients.Where(patient => !planned.Contains(patient.Id))], cancellation))
        {
            var slot = campaign.Pace.Open(campaign.NextPlanned ?? campaign.StartAt!.Value, calendar, options.Value.Quiet);
            if (one.Reason is null)
                campaign.NextPlanned = slot + campaign.Pace.Step;
            db.Add(new PlannedMessage
            {
                TriggerId = campaign.TriggerId,
                PatientId = one.Patient.Id,
                Module = TriggerModule.Campaign,
                SubjectId = one.Patient.Id,
                Anchor = InstantAsUtc.Truncate(campaign.StartAt!.Value),
                DueAt = slot,
                State = one.Reason is null ? PlanState.Planned : PlanState.NotSent,
                Reason = one.Reason,
                Detail = one.Detail,
                DecidedAt = now,
            });
        }
    }
}
