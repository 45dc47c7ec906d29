using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>What becomes of messages that a person, or a changed setting, looks at again.</summary>
public enum MessageChoice
{
    /// <summary>Applied under today's mapping; nobody is texted about the past.</summary>
    ApplyAgain,

    /// <summary>Applied as if they came now, texts and all.</summary>
    ApplyAndText,

    /// <summary>They are not for us.</summary>
    Ignore,
}

/// <summary>Settles again some messages that are settled already, the oldest first; the worker applies them in the order of their arrival.</summary>
/// <param name="Which">Those that are meant; what was refused, or waits to be applied, or has no bytes any more to apply, never is.</param>
/// <param name="Choice">What becomes of them.</param>
/// <param name="Who">Who says so.</param>
/// <param name="Subject">What the audit log calls them.</param>
/// <param name="After">The id that the batch before ended with.</param>
/// <param name="Until">The last id that is meant: what arrives meanwhile is not.</param>
public sealed record DecideMessages(
    Func<IQueryable<InboxMessage>, IQueryable<InboxMessage>> Which,
    MessageChoice Choice,
    string Who,
    string Subject,
    long After = 0,
    long Until = long.MaxValue,
    long? PatientId = null) : IRequest<DecideMessages.Batch>
{
    /// <param name="Count">How many.</param>
    /// <param name="Last">The last of them; null when there were no more.</param>
    public readonly record struct Batch(int Count, long? Last);
}

/// <summary>It was decided what becomes of messages.</summary>
public sealed record MessagesDecided(MessageChoice Choice, string Who, string Subject, int Count, long? PatientId) : INotification;

internal sealed class DecideMessagesHandler(IntegrationDb db, IPublisher publisher, TimeProvider time)
    : IRequestHandler<DecideMessages, DecideMessages.Batch>
{
    /// <summary>So few that the intake does not wait long for its turn to write.</summary>
    private const int Take = 500;

    public async ValueTask<DecideMessages.Batch> Handle(DecideMessages request, CancellationToken cancellationToken)
    {
        var messages = request.Choice == MessageChoice.Ignore ? db.Set<InboxMessage>() : db.Set<InboxMessage>().WithBytes();
        var ids = await request.Which(messages)
            .Where(message => message.Id > request.After && message.Id <= request.Until
                && message.State != InboxState.Received && message.State != InboxState.Rejected)
            .OrderBy(message => message.Id).Select(message => message.Id).Take(Take).ToListAsync(cancellationToken);
        if (ids.Count == 0)
            return new(0, null);

        var meant = db.Set<InboxMessage>().Where(message => ids.Contains(message.Id));
        await (request.Choice == MessageChoice.Ignore ? Ignore(meant, cancellationToken) : Release(meant, request.Choice, cancellationToken));
        await publisher.Publish(new MessagesDecided(request.Choice, request.Who, request.Subject, ids.Count, request.PatientId), cancellationToken);
        return new(ids.Count, ids[^1]);
    }

    private Task<int> Ignore(IQueryable<InboxMessage> meant, CancellationToken cancellation)
    {
        Instant? now = time.Now();
        return meant.ExecuteUpdateAsync(
            set => set
                .SetProperty(message => message.State, InboxState.Ignored)
                .SetProperty(message => message.Cause, InboxSearch.IgnoredByHand)
                .SetProperty(message => message.RetryAt, (Instant?)null)
                .SetProperty(message => message.SettledAt, now),
            cancellation);
    }

    private static Task<int> Release(IQueryable<InboxMessage> meant, MessageChoice choice, CancellationToken cancellation) => meant.ExecuteUpdateAsync(
        set => set
            .SetProperty(message => message.State, InboxState.Received)
            .SetProperty(message => message.Quiet, choice == MessageChoice.ApplyAgain)
            .SetProperty(message => message.Attempts, 0)
            .SetProperty(message => message.RetryAt, (Instant?)null)
            .SetProperty(message => message.SettledAt, (Instant?)null)
            .SetProperty(message => message.Cause, (string?)null)
            .SetProperty(message => message.CausePath, (string?)null)
            .SetProperty(message => message.CauseValue, (string?)null)
            .SetProperty(message => message.CauseTable, (string?)null),
        cancellation);
}
