using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>Applying a message threw: it is our trouble, not the message's, and is tried again by the one policy.</summary>
/// <param name="InboxMessageId">Which message.</param>
/// <param name="Error">The name of the exception's type and nothing more of it: its text may speak of the patient.</param>
internal sealed record FailMessage(long InboxMessageId, string Error) : IRequest<InboxState>;

internal sealed class FailMessageHandler(IntegrationDb db, FeedBook feeds, TimeProvider time) : IRequestHandler<FailMessage, InboxState>
{
    public async ValueTask<InboxState> Handle(FailMessage request, CancellationToken cancellationToken)
    {
        var message = await db.Set<InboxMessage>().SingleAsync(message => message.Id == request.InboxMessageId, cancellationToken);
        if (message.State is not (InboxState.Received or InboxState.Failed))
            return message.State;
        message.Attempts++;
        var next = RetryPolicy.After(Failure.Transient, message.Attempts);
        message.State = InboxState.Failed;
        message.Cause = "failed";
        message.CauseValue = request.Error;
        message.RetryAt = next.Again ? time.Now() + next.Pause : null;
        if (!next.Again)
            await OwedAcks.Owe(db, feeds, message, why: [], time.Now(), cancellationToken);
        return message.State;
    }
}
