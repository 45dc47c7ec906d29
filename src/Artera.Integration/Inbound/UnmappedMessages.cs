using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>Messages kept for locations that no practice owned: once one does, they are applied in their order.</summary>
public static class UnmappedMessages
{
    /// <returns>How many messages wait to be applied now.</returns>
    public static async Task<int> Release(IntegrationDb db, FeedBook feeds, CancellationToken cancellation)
    {
        var directory = await EnterpriseDirectory.Load(db, cancellation);
        var kept = await db.Set<InboxMessage>()
            .Where(message => message.State == InboxState.Unmapped)
            .Select(message => new { message.Feed, Location = message.CauseValue })
            .Distinct()
            .ToListAsync(cancellation);

        var released = 0;
        foreach (var place in kept)
        {
            if (feeds.Find(place.Feed) is not { } feed || directory.PracticeOf(feed.Emr, place.Location, provider: null) is null)
                continue;
            released += await db.Set<InboxMessage>()
                .Where(message => message.State == InboxState.Unmapped && message.Feed == place.Feed && message.CauseValue == place.Location)
                .ExecuteUpdateAsync(set => set.SetProperty(message => message.State, InboxState.Received).SetProperty(message => message.Quiet, true), cancellation);
        }

        return released;
    }
}
