using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>
/// Which messages are next. Of one patient a message waits while an earlier one has failed and is still tried again;
/// nobody else waits for it.
/// </summary>
internal sealed class InboxQueue(IntegrationDb db, FeedBook feeds, TimeProvider time)
{
    /// <summary>Where there is work: in which lanes, or in <see cref="Lane.All"/> where only this process writes; and when the oldest that is new was received.</summary>
    public async Task<(int[] Lanes, Instant? Oldest)> Look(CancellationToken cancellation)
    {
        var (due, received) = (Due(), Received());
        if (db.HoldLanes is null)
        {
            var first = await received.OrderBy(message => message.Id).Select(message => (Instant?)message.ReceivedAt).FirstOrDefaultAsync(cancellation);
            return (first is not null || await due.AnyAsync(cancellation) ? Lane.All : [], first);
        }

        // The first of each lane is asked for: whether there is any, PostgreSQL would answer by reading all that wait.
        var lanes = await db.Set<Lane>()
            .Select(lane => new
            {
                lane.Number,
                First = received.Where(message => message.Lane == lane.Number).OrderBy(message => message.Id).Select(message => (Instant?)message.ReceivedAt).FirstOrDefault(),
                IsDue = due.Any(message => message.Lane == lane.Number),
            })
            .ToListAsync(cancellation);
        return ([.. lanes.Where(lane => lane.First is not null || lane.IsDue).Select(lane => lane.Number)], lanes.Min(lane => lane.First));
    }

    /// <summary>The ids of the next messages, in the order of arrival; one that has failed and is due again is tried by itself.</summary>
    /// <returns>With it whether there are likely more.</returns>
    public async Task<(List<long> Ids, bool MoreWait)> Next(int[] lanes, int take, CancellationToken cancellation)
    {
        if (await In(lanes, Failed()).Where(message => message.RetryAt != null).Select(message => (long?)message.Id).FirstOrDefaultAsync(cancellation) is not null)
        {
            var due = await In(lanes, Due()).OrderBy(message => message.Id).Select(message => message.Id).Take(1).ToListAsync(cancellation);
            return due.Count > 0 ? (due, true) : OrMore(await NotBehindFailed(lanes, take, cancellation));
        }

        return OrMore(await First(lanes, Received(), take).ToListAsync(cancellation));

        (List<long> Ids, bool MoreWait) OrMore(List<long> ids) => (ids, ids.Count == take);
    }

    /// <summary>True while a message about the patient that arrived before this one is still to be applied.</summary>
    public async Task<bool> HasEarlier(long id, string emr, string patient, CancellationToken cancellation)
    {
        var (key, lane) = (Intake.Column(patient), Lane.Of(emr, Intake.Column(patient)));
        var earlier = db.Set<InboxMessage>().Where(message => message.Lane == lane && message.Id < id && message.PatientKey == key);
        return await earlier.Where(message => message.State == InboxState.Received).Select(message => (long?)message.Id).FirstOrDefaultAsync(cancellation) is not null
            || await earlier.Where(message => message.State == InboxState.Failed && message.RetryAt != null).Select(message => (long?)message.Id).FirstOrDefaultAsync(cancellation) is not null;
    }

    private async Task<List<long>> NotBehindFailed(int[] lanes, int take, CancellationToken cancellation)
    {
        var failing = await In(lanes, Failed())
            .Where(message => message.RetryAt != null && message.PatientKey != null)
            .Select(message => new { message.Feed, message.PatientKey })
            .Distinct().ToListAsync(cancellation);
        var received = In(lanes, Received());
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

    /// <summary>The first of each lane, so that an index that is kept by lanes is enough, however many wait.</summary>
    private IQueryable<long> First(int[] lanes, IQueryable<InboxMessage> messages, int take)
    {
        var first = db.HoldLanes is null
            ? messages
            : db.Set<Lane>().Where(lane => lanes.Contains(lane.Number)).SelectMany(lane => messages.Where(message => message.Lane == lane.Number).OrderBy(message => message.Id).Take(take));
        return first.OrderBy(message => message.Id).Select(message => message.Id).Take(take);
    }

    private IQueryable<InboxMessage> In(int[] lanes, IQueryable<InboxMessage> messages) =>
        db.HoldLanes is null ? messages : messages.Where(message => lanes.Contains(message.Lane));

    private string Emr(string feed) => feeds.Find(feed)?.Emr ?? feed;
}
