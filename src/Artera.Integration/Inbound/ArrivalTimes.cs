using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>
/// Ids rise in the order of arrival, so that a time is found among them by halving, and no index on the time has to be
/// kept up by every message that arrives.
/// </summary>
internal sealed class ArrivalTimes(IntegrationDb db)
{
    // Several connections commit together: neighbours may stand the wrong way round, or a clock be set back a little.
    private static readonly Duration Slack = Duration.FromMinutes(5);

    /// <summary>The messages of a time, and a few beside them.</summary>
    public async Task<IQueryable<InboxMessage>> Between(Instant? from, Instant? to, CancellationToken cancellation)
    {
        IQueryable<InboxMessage> rows = db.Set<InboxMessage>().AsNoTracking();
        if (from is { } since && await FirstSince(since - Slack, cancellation) is var first)
            rows = rows.Where(message => message.Id >= first);
        if (to is { } until && await FirstSince(until + Slack, cancellation) is var end)
            rows = rows.Where(message => message.Id < end);
        return rows;
    }

    private async Task<long> FirstSince(Instant time, CancellationToken cancellation)
    {
        var rows = db.Set<InboxMessage>();
        var low = await rows.OrderBy(message => message.Id).Select(message => message.Id).FirstOrDefaultAsync(cancellation);
        var high = await rows.OrderByDescending(message => message.Id).Select(message => message.Id).FirstOrDefaultAsync(cancellation) + 1;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var there = await rows.Where(message => message.Id >= middle).OrderBy(message => message.Id)
                .Select(message => new { message.Id, message.ReceivedAt }).FirstOrDefaultAsync(cancellation);
            if (there is not null && there.ReceivedAt < time)
                low = there.Id + 1;
            else
                high = middle;
        }

        return low;
    }
}
