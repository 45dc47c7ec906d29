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
        var rows = db.Set<PlannedMessage>().Where(row => row.TriggerId == campaign.TriggerId && row.Module == TriggerModule.Campaign);
        var states = await rows.GroupBy(row => new { row.State, row.Reason })
            .Select(group => new { group.Key.State, group.Key.Reason, Count = group.Count() })
            .ToListAsync(cancellationToken);
        // From the campaign's rows to their messages: a question that begins at the messages asks it of everybody's.
        var messages = rows.Join(db.Set<OutboundMessage>(), row => row.OutboundMessageId, message => message.Id, (row, message) => message);
        var outcomes = await messages.GroupBy(message => new { message.State, message.Delivery, message.FailureCode })
            .Select(group => new { group.Key.State, group.Key.Delivery, group.Key.FailureCode, Count = group.Count(), Segments = group.Sum(message => message.Segments) })
            .ToListAsync(cancellationToken);
        var optedOut = await messages
            .CountAsync(message => db.Set<OptOut>().Any(row => row.LineId == message.LineId && row.Number == message.To && row.Since >= message.CreatedAt), cancellationToken);
        // A parameter: SQLite finds no index for a constant.
        var understood = true;
        var answered = await messages
            .CountAsync(message => db.Set<InboundText>().Any(text => text.Understood == understood && text.From == message.To && text.To == message.From && text.ReceivedAt > message.SentAt), cancellationToken);
        return new(
            states.Where(one => one.State == PlanState.Planned).Sum(one => one.Count),
            states.Where(one => one.State == PlanState.Sent).Sum(one => one.Count),
            [
                .. states.Where(one => one is { State: PlanState.NotSent, Reason: not null }).OrderByDescending(one => one.Count)
                    .Select(one => new CampaignPreview.Left(one.Reason!, Reasons.InWords(one.Reason, null)!, one.Count)),
            ],
            outcomes.GroupBy(one => one.Delivery).ToDictionary(group => group.Key, group => group.Sum(one => one.Count)),
            [
                .. outcomes.Where(one => one.Delivery is DeliveryState.Failed or DeliveryState.Undelivered)
                    .GroupBy(one => one.FailureCode ?? "unknown", one => one.Count).OrderByDescending(counts => counts.Sum())
                    .Select(counts => new CampaignPreview.Left(counts.Key, FailureWords.For(counts.Key), counts.Sum())),
            ],
            outcomes.Where(one => one.State == OutboundState.Sent).Sum(one => one.Segments),
            answered,
            optedOut,
            await rows.Where(row => row.State == PlanState.Planned).MinAsync(row => (Instant?)row.DueAt, cancellationToken));
    }
}
