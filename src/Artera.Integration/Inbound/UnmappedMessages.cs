using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>Messages kept for locations, or else providers, that no practice owned: once one does, they are applied in their order.</summary>
public static class UnmappedMessages
{
    /// <summary>The cause of a message for a location that nobody owns.</summary>
    public const string Location = "unmapped-location";

    /// <summary>The cause of a message that names no location, and a provider that nobody owns.</summary>
    public const string Provider = "unmapped-provider";

    /// <returns>How many messages wait to be applied now.</returns>
    public static async Task<int> Release(IntegrationDb db, FeedBook feeds, CancellationToken cancellation)
    {
        var directory = await EnterpriseDirectory.Load(db, cancellation);
        var kept = await db.Set<InboxMessage>()
            .Where(message => message.State == InboxState.Unmapped)
            .Select(message => new { message.Feed, message.Cause, message.CauseValue })
            .Distinct()
            .ToListAsync(cancellation);

        var released = 0;
        foreach (var place in kept)
        {
            if (feeds.Find(place.Feed) is not { } feed || Owner(directory, feed.Emr, place.Cause, place.CauseValue) is null)
                continue;
            released += await db.Set<InboxMessage>()
                .Where(message => message.State == InboxState.Unmapped && message.Feed == place.Feed && message.Cause == place.Cause && message.CauseValue == place.CauseValue)
                .ExecuteUpdateAsync(set => set.SetProperty(message => message.State, InboxState.Received).SetProperty(message => message.Quiet, true), cancellation);
        }

        return released;
    }

    private static Practice? Owner(EnterpriseDirectory directory, string emr, string? cause, string? code) =>
        cause == Provider ? directory.PracticeOf(emr, location: null, code) : directory.PracticeOf(emr, code, provider: null);
}
