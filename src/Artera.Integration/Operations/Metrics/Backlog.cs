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

/// <summary>How much was waiting at one moment. What there may be millions of is counted up to a limit, so that it stays cheap.</summary>
internal sealed record Backlog(IReadOnlyList<FeedBacklog> Inbox, int Planned, int Overdue, int Queued, int OpenChannels, int NeedsAction, IReadOnlyList<FeedTrouble> Troubles)
{
    public static readonly Backlog Empty = new([], 0, 0, 0, 0, 0, []);

    /// <summary>No further is counted.</summary>
    public const int Most = 100_000;

    /// <summary>The feed of a message that waits stands in its row: of these messages the feeds are told apart.</summary>
    public const int MostReceived = 10_000;

    private static readonly InboxState[] ForSomebody = [InboxState.Held, InboxState.Unmapped, InboxState.Failed];
    private static readonly TriggerModule[] Modules = Enum.GetValues<TriggerModule>();
    private static readonly Duration Patience = Duration.FromMinutes(1);

    public static async Task<Backlog> Count(IntegrationDb db, FeedBook feeds, Instant now, CancellationToken cancellation)
    {
        var late = now - Patience;
        return new Backlog(
            [.. await Received(db, cancellation), .. await Waiting(db, cancellation)],
            await Some(db.Set<PlannedMessage>().Where(row => row.State == PlanState.Planned)),
            await Some(db.Set<PlannedMessage>().Where(row => row.State == PlanState.Planned && Modules.Contains(row.Module) && row.DueAt < late)),
            await Some(db.Set<OutboundMessage>().Where(row => row.State == OutboundState.Queued)),
            await Some(db.Set<PatientChannel>().Where(row => row.IsOpen == EF.Parameter(true))),
            await Some(db.Set<PatientChannel>().Where(row => row.NeedsAction)),
            await FeedTrouble.All(db, feeds, cancellation));

        Task<int> Some<T>(IQueryable<T> rows) => rows.Select(_ => 1).Take(Most).CountAsync(cancellation);
    }

    private static Task<List<FeedBacklog>> Received(IntegrationDb db, CancellationToken cancellation) => db.Set<InboxMessage>()
        .Where(row => row.State == InboxState.Received).OrderBy(row => row.Id).Take(MostReceived)
        .GroupBy(row => row.Feed).Select(group => new FeedBacklog(group.Key, InboxState.Received, group.Count())).ToListAsync(cancellation);

    private static Task<List<FeedBacklog>> Waiting(IntegrationDb db, CancellationToken cancellation) => db.Set<InboxMessage>()
        .Where(row => ForSomebody.Contains(row.State))
        .GroupBy(row => new { row.Feed, row.State }).Select(group => new FeedBacklog(group.Key.Feed, group.Key.State, group.Count())).ToListAsync(cancellation);
}

internal sealed record FeedBacklog(string Feed, InboxState State, int Count);
