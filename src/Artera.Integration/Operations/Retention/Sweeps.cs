using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Inbound;
using Artera.Integration.Inbound.Extracts;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations.Retention;

/// <summary>All that is removed when it is old. What waits for somebody is in no condition here.</summary>
internal sealed class Sweeps(OldMessages messages)
{
    public IReadOnlyList<Sweep> Of(RetentionOptions options) =>
    [
        new("message-bodies", options.MessageBodiesDays, MessageAges, messages.RemoveBodies),
        new("messages", options.MessagesDays, MessageAges, messages.Remove),
        new("undecided-messages", options.UndecidedMessagesDays, MessageAges, messages.RemoveUndecided),
        new(
            "extracts",
            options.MessagesDays,
            db => db.Set<TakenExtract>().Select(row => new Aged { Id = row.Id, At = row.FoundAt }),
            (db, old, cancellation) => db.Set<TakenExtract>().Where(row => old.Ids.Contains(row.Id) && row.PutAway).ExecuteDeleteAsync(cancellation)),
        new(
            "texts",
            options.TextsDays,
            db => db.Set<OutboundMessage>().Select(row => new Aged { Id = row.Id, At = row.CreatedAt }),
            (db, old, cancellation) => db.Set<OutboundMessage>()
                .Where(row => old.Ids.Contains(row.Id) && (row.State == OutboundState.Sent || row.State == OutboundState.Failed))
                .ExecuteDeleteAsync(cancellation)),
        new(
            "questions",
            options.TextsDays,
            db => db.Set<OpenQuestion>().Select(row => new Aged { Id = row.Id, At = row.AskedAt }),
            (db, old, cancellation) => db.Set<OpenQuestion>()
                .Where(row => old.Ids.Contains(row.Id) && row.ClosesAt < old.Before)
                .ExecuteDeleteAsync(cancellation)),
        new(
            "answers",
            options.TextsDays,
            db => db.Set<InboundText>().Select(row => new Aged { Id = row.Id, At = row.ReceivedAt }),
            (db, old, cancellation) => db.Set<InboundText>()
                .Where(row => old.Ids.Contains(row.Id) && row.Understood)
                .ExecuteDeleteAsync(cancellation)),
        new(
            "decisions",
            options.DecisionsDays,
            db => db.Set<PlannedMessage>().Select(row => new Aged { Id = row.Id, At = row.DecidedAt }),
            OldDecisions.Remove),
        new(
            "campaign-lists",
            options.CampaignListsDays,
            db => from row in db.Set<ListedPatient>()
                  join campaign in db.Set<Campaign>() on row.CampaignId equals campaign.Id
                  select new Aged { Id = row.Id, At = campaign.FinishedAt ?? campaign.CreatedAt },
            (db, old, cancellation) => db.Set<ListedPatient>()
                .Where(row => old.Ids.Contains(row.Id) && db.Set<Campaign>().Any(campaign => campaign.Id == row.CampaignId && campaign.FinishedAt < old.Before
                    && (campaign.State == CampaignState.Finished || campaign.State == CampaignState.Stopped)))
                .ExecuteDeleteAsync(cancellation)),
        new(
            "write-backs",
            options.WriteBacksDays,
            db => db.Set<PendingWriteBack>().Select(row => new Aged { Id = row.Id, At = row.CreatedAt }),
            (db, old, cancellation) => db.Set<PendingWriteBack>()
                .Where(row => old.Ids.Contains(row.Id) && row.SettledAt < old.Before && (row.StartsAt == null || row.StartsAt < old.Now)
                    && (row.State == WriteBackState.Done || row.State == WriteBackState.Superseded || row.State == WriteBackState.Dropped))
                .ExecuteDeleteAsync(cancellation)),
        new(
            "order-statuses",
            options.WriteBacksDays,
            db => db.Set<PendingOrderStatus>().Select(row => new Aged { Id = row.Id, At = row.CreatedAt }),
            OldOrderStatuses.Remove),
        new(
            "conversations",
            options.ConversationsDays,
            db => db.Set<ChannelLine>().Select(row => new Aged { Id = row.Id, At = row.At }),
            (db, old, cancellation) => db.Set<ChannelLine>()
                .Where(row => old.Ids.Contains(row.Id) && !db.Set<PatientChannel>().Any(channel => channel.Id == row.ChannelId && channel.IsOpen))
                .ExecuteDeleteAsync(cancellation)),
        new(
            "audit",
            options.AuditDays,
            db => db.Set<AuditEntry>().Select(row => new Aged { Id = row.Id, At = row.At }),
            (db, old, cancellation) => db.Set<AuditEntry>().Where(row => old.Ids.Contains(row.Id)).ExecuteDeleteAsync(cancellation)),
    ];

    private static IQueryable<Aged> MessageAges(IntegrationDb db) => db.Set<InboxMessage>().Select(row => new Aged { Id = row.Id, At = row.ReceivedAt });
}
