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

    /// <summary>In the caller's transaction, which may be taken back.</summary>
    /// <returns>How many messages wait to be applied now.</returns>
    public static async Task<int> Release(IntegrationDb db, FeedBook feeds, CancellationToken cancellation)
    {
        var directory = await EnterpriseDirectory.Load(db, cancellation);
        var causes = await HeldGroup.Counted(db, feed: null).Select(group => group.Cause).ToListAsync(cancellation);
        var released = 0;
        foreach (var cause in causes.Where(cause => IsOwned(cause, feeds, directory)))
        {
            released += await db.Set<InboxMessage>().WaitingBecauseOf(cause).ExecuteUpdateAsync(
                set => set.SetProperty(message => message.State, InboxState.Received).SetProperty(message => message.Quiet, true), cancellation);
        }

        return released;
    }

    internal static bool IsOwned(HeldCause cause, FeedBook feeds, EnterpriseDirectory directory) =>
        cause is { State: InboxState.Unmapped, CauseValue: { } code } && feeds.Find(cause.Feed) is { } feed
        && (cause.Cause == Provider ? directory.PracticeOf(feed.Emr, location: null, code) : directory.PracticeOf(feed.Emr, code, provider: null)) is not null;
}
