using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>What became of a campaign so far. Null: there is none.</summary>
public sealed record CampaignReport(long CampaignId) : IQuery<CampaignReport.Answer?>
{
    /// <param name="Planned">Patients who are still to be written to.</param>
    /// <param name="Sent">Handed over to be sent, whatever came of it.</param>
    /// <param name="NotSent">Patients who are not written to, by the reason.</param>
    /// <param name="Delivery">What the providers say of what was handed over.</param>
    /// <param name="Failed">Patients whom it did not reach although it was handed over, by the provider's code.</param>
    /// <param name="Segments">What the text messages that left are paid for.</param>
    /// <param name="OptedOut">Numbers that have opted out of the line since.</param>
    /// <param name="Answered">Patients who have texted the line since.</param>
    /// <param name="NextAt">When the next is due; null when nobody is.</param>
    public sealed record Answer(
        int Planned,
        int Sent,
        IReadOnlyList<CampaignPreview.Left> NotSent,
        IReadOnlyDictionary<DeliveryState, int> Delivery,
        IReadOnlyList<CampaignPreview.Left> Failed,
        int Segments,
        int Answered,
        int OptedOut,
        Instant? NextAt);
}

internal sealed class CampaignReportHandler(IntegrationDb db) : IQueryHandler<CampaignReport, CampaignReport.Answer?>
{
    public async ValueTask<CampaignReport.Answer?> Handle(CampaignReport query, CancellationToken cancellationToken)
    {
        if (await db.Set<Campaign>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == query.CampaignId, cancellationToken) is not { } campaign)
            return null;
        var rows = db.Set<PlannedMessage>().Where(row => row.TriggerId == campaign.TriggerId);
        var states = await rows.GroupBy(row => new { row.State, row.Reason })
            .Select(group => new { group.Key.State, group.Key.Reason, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var messages = db.Set<OutboundMessage>().Where(message => rows.Any(row => row.OutboundMessageId == message.Id));
        var delivery = await messages.GroupBy(message => message.Delivery)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var failed = await messages.Where(message => message.Delivery == DeliveryState.Failed || message.Delivery == DeliveryState.Undelivered)
            .GroupBy(message => message.FailureCode)
            .Select(group => new { Code = group.Key ?? "unknown", Count = group.Count() })
            .ToListAsync(cancellationToken);
        var segments = await messages.Where(message => message.State == OutboundState.Sent).SumAsync(message => message.Segments, cancellationToken);
        var optedOut = await messages
            .CountAsync(message => db.Set<OptOut>().Any(row => row.LineId == message.LineId && row.Number == message.To && row.Since >= message.CreatedAt), cancellationToken);
        var answered = await messages
            .CountAsync(message => db.Set<InboundText>().Any(text => text.Understood && text.From == message.To && text.To == message.From && text.ReceivedAt > message.SentAt), cancellationToken);
        return new(
            states.Where(one => one.State == PlanState.Planned).Sum(one => one.Count),
            states.Where(one => one.State == PlanState.Sent).Sum(one => one.Count),
            [
                .. states.Where(one => one is { State: PlanState.NotSent, Reason: not null }).OrderByDescending(one => one.Count)
                    .Select(one => new CampaignPreview.Left(one.Reason!, Reasons.InWords(one.Reason, null)!, one.Count)),
            ],
            delivery,
            [.. failed.OrderByDescending(one => one.Count).Select(one => new CampaignPreview.Left(one.Code, FailureWords.For(one.Code), one.Count))],
            segments,
            answered,
            optedOut,
            await rows.Where(row => row.State == PlanState.Planned).MinAsync(row => (Instant?)row.DueAt, cancellationToken));
    }
}
