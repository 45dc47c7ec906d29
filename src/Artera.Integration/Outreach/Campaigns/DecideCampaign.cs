using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach.Campaigns;

public enum CampaignStep
{
    Start,
    Pause,
    Resume,
    Stop,
}

/// <summary>Starts, pauses, resumes or stops a campaign. Said twice it does nothing twice.</summary>
/// <param name="At">For a start: not before that; null: now.</param>
internal sealed record DecideCampaign(long CampaignId, CampaignStep Step, string Who, Instant? At = null) : IRequest<CampaignSaid>;

internal sealed class DecideCampaignHandler(IntegrationDb db, Crowd crowd, TimeProvider time, IPublisher publisher) : IRequestHandler<DecideCampaign, CampaignSaid>
{
    private const int Counted = 1000;

    public async ValueTask<CampaignSaid> Handle(DecideCampaign request, CancellationToken cancellationToken)
    {
        if (await db.Set<Campaign>().SingleOrDefaultAsync(row => row.Id == request.CampaignId, cancellationToken) is not { } campaign)
            return CampaignSaid.NotThere;
        var now = time.Now();
        switch (request.Step, campaign.State)
        {
            case (CampaignStep.Start, CampaignState.Draft):
                if (await WhyNot(campaign, cancellationToken) is { } problem)
                    return new(null, problem);
                (campaign.State, campaign.StartAt, campaign.DueAt) = (CampaignState.Running, request.At > now ? request.At : now, now);
                break;
            case (CampaignStep.Pause, CampaignState.Running):
                campaign.State = CampaignState.Paused;
                break;
            case (CampaignStep.Resume, CampaignState.Paused):
                (campaign.State, campaign.DueAt) = (CampaignState.Running, now);
                break;
            case (CampaignStep.Stop, CampaignState.Running or CampaignState.Paused):
                (campaign.State, campaign.FinishedAt) = (CampaignState.Stopped, now);
                await Withdraw(campaign, now, cancellationToken);
                break;
            case var (step, state) when state == After(step):
                return new(campaign);
            default:
                return new(null, $"it is {campaign.State.ToString().ToLowerInvariant()}");
        }

        await publisher.Publish(new CampaignDecided(campaign.Id, Word(request.Step), request.Who), cancellationToken);
        return new(campaign);
    }

    private async Task<string?> WhyNot(Campaign campaign, CancellationToken cancellation)
    {
        if (campaign is { Audience: null, Rows: null })
            return "it has no list, or the list was not read to its end";
        if (campaign.Audience is null)
            return campaign.Rows == 0 ? "its list is empty" : null;
        var found = 0;
        for (long? after = 0; after is { } from;)
        {
            var batch = await crowd.Next(campaign, from, Counted, cancellation);
            found += batch.Patients.Count;
            if (found > Campaign.MostPatients)
                return $"its audience has more than {Campaign.MostPatients} patients";
            after = batch.Last;
        }

        return found == 0 ? "its audience is empty" : null;
    }

    private async Task Withdraw(Campaign campaign, Instant now, CancellationToken cancellation) => await db.Set<PlannedMessage>()
        .Where(row => row.TriggerId == campaign.TriggerId && row.Module == TriggerModule.Campaign && row.State == PlanState.Planned)
        .ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, PlanState.NotSent)
                .SetProperty(row => row.Reason, Reasons.CampaignStopped)
                .SetProperty(row => row.DecidedAt, now)
                .SetProperty(row => row.Claim, (Guid?)null)
                .SetProperty(row => row.ClaimedUntil, (Instant?)null),
            cancellation);

    private static CampaignState After(CampaignStep step) => step switch
    {
        CampaignStep.Start or CampaignStep.Resume => CampaignState.Running,
        CampaignStep.Pause => CampaignState.Paused,
        _ => CampaignState.Stopped,
    };

    private static string Word(CampaignStep step) => step switch
    {
        CampaignStep.Start => "started",
        CampaignStep.Pause => "paused",
        CampaignStep.Resume => "resumed",
        _ => "stopped",
    };
}
