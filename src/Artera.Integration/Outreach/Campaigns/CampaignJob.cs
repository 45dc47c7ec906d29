using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Quartz;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>
/// Goes on with the campaigns that are running: plans who is not planned yet, and hands over as many messages as the rate
/// and the queue let it. Of all nodes one has a campaign at a time. What is queued for sending stays short, so that a pause
/// or a stop holds at once, and reminders, which have jobs of their own, never stand behind thousands.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class CampaignJob(IServiceScopeFactory scopes, DueMessages due, WriteGate gate, IOptions<OutreachOptions> options, TimeProvider time) : IJob
{
    /// <summary>How many of a campaign's messages may be handed over at once after a while in which none could be.</summary>
    private static readonly Duration CatchUp = Duration.FromMinutes(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var campaign in await Claim(cancellationToken))
        {
            while (await Command(new PlanCampaign(campaign.Id, campaign.Claim!.Value), cancellationToken))
                cancellationToken.ThrowIfCancellationRequested();
            await HandOver(campaign, cancellationToken);
        }
    }

    private async Task<List<Campaign>> Claim(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        return await db.ClaimDue(
            db.Set<Campaign>().Where(campaign => campaign.State == CampaignState.Running), time.Now(), take: 10, PlanCampaign.Lease, gate, cancellation);
    }

    private async Task HandOver(Campaign campaign, CancellationToken cancellation)
    {
        var sent = 0;
        foreach (var row in await Next(campaign, cancellation))
        {
            await due.Send(row, cancellation);
            sent++;
        }

        await Command(new SettleCampaign(campaign.Id, campaign.Claim!.Value, sent), cancellation);
    }

    private async Task<List<PlannedMessage>> Next(Campaign campaign, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        var queued = await db.Set<OutboundMessage>().CountAsync(message => message.State == OutboundState.Queued && message.Priority == Priority.Bulk, cancellation);
        var room = Math.Min(options.Value.BulkAhead - queued, Budget(campaign, time.Now()));
        if (room <= 0)
            return [];
        var trigger = campaign.TriggerId;
        return await db.ClaimDue(
            db.Set<PlannedMessage>().Where(row => row.TriggerId == trigger && row.Module == TriggerModule.Campaign && row.State == PlanState.Planned),
            time.Now(), room, Duration.FromTimeSpan(options.Value.Lease), gate, cancellation);
    }

    private int Budget(Campaign campaign, Instant now)
    {
        if (campaign.Pace.PerHour is null)
            return options.Value.BulkAhead;
        var from = Instant.Max(campaign.NextSent ?? now, now - CatchUp);
        return from > now ? 0 : (int)Math.Min(options.Value.ClaimSize, ((now - from) / campaign.Pace.Step) + 1);
    }

    private async Task<T> Command<T>(IRequest<T> command, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(command, cancellation);
    }
}
