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
        return Oldest(InState(InboxState.Failed).Where(message => message.RetryAt != null && message.RetryAt <= now), take, cancellation);
    }

    /// <summary>New messages that need not wait, oldest first.</summary>
    public async Task<List<WaitingMessage>> New(int take, CancellationToken cancellation)
    {
        var failing = await InState(InboxState.Failed)
            .Where(message => message.RetryAt != null && message.PatientKey != null)
            .Select(message => new { message.Feed, message.PatientKey })
            .Distinct().ToListAsync(cancellation);
        if (failing.Count == 0)
            return await Oldest(InState(InboxState.Received), take, cancellation);

        var keys = failing.Select(message => message.PatientKey).Distinct().ToList();
        var free = await Oldest(
            InState(InboxState.Received).Where(message => message.PatientKey == null || !keys.Contains(message.PatientKey)), take, cancellation);

        // Another EMR may use the same identifier for somebody else, who must not wait.
        var patients = failing.Select(message => (Emr(message.Feed), message.PatientKey)).ToHashSet();
        var alike = await Oldest(InState(InboxState.Received).Where(message => keys.Contains(message.PatientKey)), take, cancellation);
        return [.. free.Concat(alike.Where(message => !patients.Contains((message.Emr, message.PatientKey)))).OrderBy(message => message.Id).Take(take)];
    }

    private async Task<List<WaitingMessage>> Oldest(IQueryable<InboxMessage> messages, int take, CancellationToken cancellation)
    {
        var rows = await messages.OrderBy(message => message.Id).Take(take)
            .Select(message => new { message.Id, message.Feed, message.PatientKey, message.ReceivedAt })
            .ToListAsync(cancellation);
        return [.. rows.Select(row => new WaitingMessage(row.Id, Emr(row.Feed), row.PatientKey, row.ReceivedAt))];
    }

    private IQueryable<InboxMessage> InState(InboxState state) => db.Set<InboxMessage>().Where(message => message.State == state);

    private string Emr(string feed) => feeds.Find(feed)?.Emr ?? feed;
}

internal sealed record WaitingMessage(long Id, string Emr, string? PatientKey, Instant ReceivedAt);
