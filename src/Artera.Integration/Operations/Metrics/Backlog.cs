using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Inbound.Fhir;
using Artera.Integration.Outreach;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Operations.Metrics;

/// <summary>How much was waiting at one moment; only states that empty again are counted, so that it stays cheap.</summary>
internal sealed record Backlog(IReadOnlyList<FeedBacklog> Inbox, int Planned, int Overdue, int Queued, int OpenChannels, int NeedsAction, IReadOnlyList<FeedTrouble> Troubles)
{
    public static readonly Backlog Empty = new([], 0, 0, 0, 0, 0, []);

    private static readonly InboxState[] Unsettled = [InboxState.Received, InboxState.Held, InboxState.Unmapped, InboxState.Failed];
    private static readonly Duration Patience = Duration.FromMinutes(1);

    public static async Task<Backlog> Count(IntegrationDb db, FeedBook feeds, Instant now, CancellationToken cancellation)
    {
        var late = now - Patience;
        return new Backlog(
            await db.Set<InboxMessage>().Where(row => Unsettled.Contains(row.State)).GroupBy(row => new { row.Feed, row.State })
                .Select(group => new FeedBacklog(group.Key.Feed, group.Key.State, group.Count())).ToListAsync(cancellation),
            await db.Set<PlannedMessage>().CountAsync(row => row.State == PlanState.Planned, cancellation),
            await db.Set<PlannedMessage>().CountAsync(row => row.State == PlanState.Planned && row.DueAt < late, cancellation),
            await db.Set<OutboundMessage>().CountAsync(row => row.State == OutboundState.Queued, cancellation),
            await db.Set<PatientChannel>().CountAsync(row => row.IsOpen, cancellation),
            await db.Set<PatientChannel>().CountAsync(row => row.IsOpen && row.NeedsAction, cancellation),
            await FeedTrouble.All(db, feeds, cancellation));
    }
}

internal sealed record FeedBacklog(string Feed, InboxState State, int Count);
