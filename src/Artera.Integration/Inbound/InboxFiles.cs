using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;

// The comparisons are the database's: translated, and in the order of its index.
#pragma warning disable CA1309

namespace Artera.Integration.Inbound;

/// <summary>
/// Which feeds, states, causes and events there are among settled messages: read off the index by stepping from one
/// value to the next, without looking at the messages between.
/// </summary>
internal sealed class InboxFiles(IntegrationDb db)
{
    private static readonly InboxState[] Settled = [.. Enum.GetValues<InboxState>().Where(state => state != InboxState.Received)];

    private IQueryable<InboxMessage> Messages => db.Set<InboxMessage>().Settled();

    /// <summary>Of messages that are not settled too: control ids are filed as the messages arrive.</summary>
    public async Task<List<string>> FeedsWithControlIds(InboxFilter filter, CancellationToken cancellation) => filter.Feed is { } feed
        ? [feed]
        : await Steps(last => db.Set<InboxMessage>().Where(message => message.ControlId != "" && string.Compare(message.Feed, last) > 0)
            .OrderBy(message => message.Feed).Select(message => message.Feed).FirstOrDefaultAsync(cancellation));

    private async Task<List<string>> Feeds(InboxFilter filter, CancellationToken cancellation) => filter.Feed is { } feed
        ? [feed]
        : await Steps(last => Messages.Where(message => string.Compare(message.Feed, last) > 0)
            .OrderBy(message => message.Feed).Select(message => message.Feed).FirstOrDefaultAsync(cancellation));

    public async Task<List<Drawer>> Drawers(InboxFilter filter, CancellationToken cancellation)
    {
        var drawers = new List<Drawer>();
        foreach (var feed in await Feeds(filter, cancellation))
        {
            foreach (var state in filter.State is { } only ? [only] : Settled)
            {
                foreach (var cause in await Causes(filter, feed, state, cancellation))
                    drawers.AddRange((await Events(filter, feed, state, cause, cancellation)).Select(type => new Drawer(feed, state, cause, type)));
            }
        }

        return drawers;
    }

    private async Task<List<string?>> Causes(InboxFilter filter, string feed, InboxState state, CancellationToken cancellation)
    {
        if (filter.Cause is { } cause)
            return [cause];
        var causes = await Steps(last => Messages
            .Where(message => message.Feed == feed && message.State == state && string.Compare(message.Cause, last) > 0)
            .OrderBy(message => message.Cause).Select(message => message.Cause).FirstOrDefaultAsync(cancellation));
        return [null, .. causes];
    }

    private async Task<List<string>> Events(InboxFilter filter, string feed, InboxState state, string? cause, CancellationToken cancellation)
    {
        if (filter.Event is { } only)
            return [only];
        var events = await Steps(last => Messages
            .Where(message => message.Feed == feed && message.State == state && message.Cause == cause && string.Compare(message.Event, last) > 0)
            .OrderBy(message => message.Event).Select(message => message.Event).FirstOrDefaultAsync(cancellation));
        events.RemoveAll(type => !filter.IsOfType(type));
        // A message without a header has no event; the stepping starts behind it.
        return filter.Type is null ? ["", .. events] : events;
    }

    private static async Task<List<string>> Steps(Func<string, Task<string?>> next)
    {
        var values = new List<string>();
        for (var value = await next(""); value is not null; value = await next(value))
            values.Add(value);
        return values;
    }
}

/// <summary>Messages that are alike in all four are filed together, in the order of their arrival.</summary>
internal sealed record Drawer(string Feed, InboxState State, string? Cause, string Event);
