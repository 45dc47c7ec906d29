using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>
/// Which messages are next. Of one patient a message waits while an earlier one has failed and is still tried again;
/// nobody else waits for it.
/// </summary>
internal sealed class InboxQueue(IntegrationDb db, FeedBook feeds, TimeProvider time)
{
    /// <summary>Where there is work: lanes, or null for all of them where only this process writes; and the oldest that is new.</summary>
    public async Task<(List<int?> Lanes, long? Oldest)> Look(CancellationToken cancellation)
    {
        var (due, received) = (Due(), Received());
        if (db.HoldLane is null)
        {
            var first = await received.OrderBy(message => message.Id).Select(message => (long?)message.Id).FirstOrDefaultAsync(cancellation);
            return (first is not null || await due.AnyAsync(cancellation) ? [null] : [], first);
        }

        // The first of each lane is asked for: whether there is any, PostgreSQL would answer by reading all that wait.
        var lanes = await db.Set<Lane>()
            .Select(lane => new
            {
                lane.Number,
                First = received.Where(message => message.Lane == lane.Number).OrderBy(message => message.Id).Select(message => (long?)message.Id).FirstOrDefault(),
                IsDue = due.Any(message => message.Lane == lane.Number),
            })
            .ToListAsync(cancellation);
        return ([.. lanes.Where(lane => lane.First is not null || lane.IsDue).Select(lane => (int?)lane.Number)], lanes.Min(lane => lane.First));
    }

    /// <summary>The ids of the next messages, in the order of arrival; one that has failed and is due again is tried by itself.</summary>
    public async Task<List<long>> Next(int? lane, int take, CancellationToken cancellation)
    {
        var due = await In(lane, Due()).OrderBy(message => message.Id).Select(message => message.Id).Take(1).ToListAsync(cancellation);
        return due.Count > 0 ? due : await New(lane, take, cancellation);
    }

    private async Task<List<long>> New(int? lane, int take, CancellationToken cancellation)
    {
        var received = In(lane, Received());
        var failing = await In(lane, Failed())
            .Where(message => message.RetryAt != null && message.PatientKey != null)
            .Select(message => new { message.Feed, message.PatientKey })
            .Distinct().ToListAsync(cancellation);
        if (failing.Count == 0)
            return await received.OrderBy(message => message.Id).Select(message => message.Id).Take(take).ToListAsync(cancellation);

        var keys = failing.Select(message => message.PatientKey).Distinct().ToList();
        var free = await received.Where(message => message.PatientKey == null || !keys.Contains(message.PatientKey))
            .OrderBy(message => message.Id).Select(message => message.Id).Take(take).ToListAsync(cancellation);

        // Another EMR may use the same identifier for somebody else, who must not wait.
        var patients = failing.Select(message => (Emr(message.Feed), message.PatientKey)).ToHashSet();
        var alike = await received.Where(message => keys.Contains(message.PatientKey))
            .OrderBy(message => message.Id).Select(message => new { message.Id, message.Feed, message.PatientKey }).Take(take).ToListAsync(cancellation);
        return [.. free.Concat(alike.Where(message => !patients.Contains((Emr(message.Feed), message.PatientKey))).Select(message => message.Id)).Order().Take(take)];
    }

    private IQueryable<InboxMessage> Due()
    {
        var now = time.Now();
        return Failed().Where(message => message.RetryAt != null && message.RetryAt <= now);
    }

    // A state that stands in the statement, not in a parameter, finds the index that is kept for it alone.
    private IQueryable<InboxMessage> Received() => db.Set<InboxMessage>().Where(message => message.State == InboxState.Received);

    private IQueryable<InboxMessage> Failed() => db.Set<InboxMessage>().Where(message => message.State == InboxState.Failed);

    private static IQueryable<InboxMessage> In(int? lane, IQueryable<InboxMessage> messages) =>
        lane is { } number ? messages.Where(message => message.Lane == number) : messages;

    private string Emr(string feed) => feeds.Find(feed)?.Emr ?? feed;
}
