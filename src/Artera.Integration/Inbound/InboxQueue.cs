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
    /// <summary>Failed messages that are due again, oldest first.</summary>
    public Task<List<WaitingMessage>> Due(int take, CancellationToken cancellation)
    {
        var now = time.Now();
        return Waiting(InboxState.Failed).Where(message => message.RetryAt != null && message.RetryAt <= now)
            .OrderBy(message => message.Id).Take(take)
            .Select(message => new WaitingMessage(message.Id, message.Feed, message.PatientKey, message.ReceivedAt))
            .ToListAsync(cancellation);
    }

    /// <summary>New messages that need not wait, oldest first.</summary>
    public async Task<List<WaitingMessage>> New(int take, CancellationToken cancellation)
    {
        var failing = await Waiting(InboxState.Failed)
            .Where(message => message.RetryAt != null && message.PatientKey != null)
            .Select(message => new { message.Feed, message.PatientKey })
            .Distinct().ToListAsync(cancellation);
        var patients = failing.Select(message => (Emr(message.Feed), message.PatientKey)).ToHashSet();
        var keys = failing.Select(message => message.PatientKey).Distinct().ToList();
        var found = await Take(keys, take, cancellation);
        if (keys.Count == 0)
            return found;

        // Another EMR may use the same identifier for somebody else, who must not wait.
        var alike = await Waiting(InboxState.Received).Where(message => keys.Contains(message.PatientKey))
            .OrderBy(message => message.Id).Take(take)
            .Select(message => new WaitingMessage(message.Id, message.Feed, message.PatientKey, message.ReceivedAt))
            .ToListAsync(cancellation);
        return [.. found.Concat(alike.Where(message => !patients.Contains((Emr(message.Feed), message.PatientKey)))).OrderBy(message => message.Id).Take(take)];
    }

    private Task<List<WaitingMessage>> Take(List<string?> without, int take, CancellationToken cancellation)
    {
        var waiting = Waiting(InboxState.Received);
        if (without.Count > 0)
            waiting = waiting.Where(message => message.PatientKey == null || !without.Contains(message.PatientKey));
        return waiting.OrderBy(message => message.Id).Take(take)
            .Select(message => new WaitingMessage(message.Id, message.Feed, message.PatientKey, message.ReceivedAt))
            .ToListAsync(cancellation);
    }

    private IQueryable<InboxMessage> Waiting(InboxState state) => db.Set<InboxMessage>().AsNoTracking().Where(message => message.State == state);

    private string Emr(string feed) => feeds.Find(feed)?.Emr ?? feed;
}

internal sealed record WaitingMessage(long Id, string Feed, string? PatientKey, Instant ReceivedAt);
