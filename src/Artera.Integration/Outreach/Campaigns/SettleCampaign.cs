using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>Lets go of a campaign: when to go on with it, or that there is nothing left to do.</summary>
/// <param name="Sent">How many were handed over, which the rate counts.</param>
internal sealed record SettleCampaign(long CampaignId, Guid Claim, int Sent) : IRequest<Unit>;

internal sealed class SettleCampaignHandler(IntegrationDb db, TimeProvider time) : IRequestHandler<SettleCampaign, Unit>
{
    private static readonly Duration CatchUp = Duration.FromMinutes(1);

    public async ValueTask<Unit> Handle(SettleCampaign request, CancellationToken cancellationToken)
    {
        var campaign = await db.Set<Campaign>().SingleAsync(row => row.Id == request.CampaignId, cancellationToken);
        if (campaign.Claim != request.Claim)
            return Unit.Value;
        var now = time.Now();
        if (request.Sent > 0)
            campaign.NextSent = Instant.Max(campaign.NextSent ?? now, now - CatchUp) + (campaign.Pace.Step * request.Sent);
        campaign.DueAt = now;
        campaign.Release();
        if (campaign is { State: CampaignState.Running, AllPlanned: true })
            await Wait(campaign, now, cancellationToken);
        return Unit.Value;
    }

    private async Task Wait(Campaign campaign, Instant now, CancellationToken cancellation)
    {
        var trigger = campaign.TriggerId;
        var next = await db.Set<PlannedMessage>()
            .Where(row => row.TriggerId == trigger && row.Module == TriggerModule.Campaign && row.State == PlanState.Planned)
            .MinAsync(row => (Instant?)row.DueAt, cancellation);
        if (next is null && await WaitsForItsProvider(trigger, cancellation))
            return;
        if (next is null)
            (campaign.State, campaign.FinishedAt) = (CampaignState.Finished, now);
        else
            campaign.DueAt = Instant.Max(next.Value, campaign.NextSent ?? now);
    }

    private Task<bool> WaitsForItsProvider(long trigger, CancellationToken cancellation) => db.Set<OutboundMessage>()
        .Where(message => message.State == OutboundState.Queued && message.Priority == Priority.Bulk)
        .AnyAsync(
            message => db.Set<PlannedMessage>().Any(row => row.PatientId == message.PatientId && row.TriggerId == trigger && row.OutboundMessageId == message.Id), cancellation);
}
