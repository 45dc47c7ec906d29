using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Delivery;

/// <summary>Records that a message is about to leave, unless it must not any more.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Claim">The claim under which the caller holds it.</param>
/// <returns>The message to hand over, or null when there is nothing to send.</returns>
internal sealed record BeginSend(long MessageId, Guid Claim) : IRequest<OutboundMessage?>;

internal sealed class BeginSendHandler(
    IntegrationDb db,
    TimeProvider time,
    MediumBook media,
    Settlement settlement,
    IPublisher publisher,
    IOptions<DeliveryOptions> options) : IRequestHandler<BeginSend, OutboundMessage?>
{
    public async ValueTask<OutboundMessage?> Handle(BeginSend request, CancellationToken cancellationToken)
    {
        var message = await db.Set<OutboundMessage>().SingleAsync(row => row.Id == request.MessageId, cancellationToken);
        if (message.Claim != request.Claim || message.State != OutboundState.Queued)
            return null;

        if (!message.DespiteOptOut && await db.IsOptedOut(message.LineId, message.To, cancellationToken))
            return await Refuse(message, new SendOutcome.OptedOut(FailureWords.OptedOut), cancellationToken);
        var leaving = new MessageLeaving(message);
        await publisher.Publish(leaving, cancellationToken);
        if (leaving.Reason is not null)
        {
            await settlement.HeldBack(leaving, cancellationToken);
            return null;
        }

        if (message.NotAfter < time.Now())
            return await Refuse(message, new SendOutcome.Refused(FailureWords.Expired), cancellationToken);
        if (!media.Serves(message.Medium))
            return await Refuse(message, new SendOutcome.Refused(FailureWords.NoProvider), cancellationToken);

        var now = time.Now();
        message.State = OutboundState.Sending;
        message.Attempts++;
        message.ClaimedUntil = now + options.Value.ClaimFor;
        db.Add(new Attempt { OutboundMessageId = message.Id, Number = message.Attempts, StartedAt = now });
        return message;
    }

    private async ValueTask<OutboundMessage?> Refuse(OutboundMessage message, SendOutcome outcome, CancellationToken cancellation)
    {
        await settlement.Failed(message, outcome, cancellation);
        return null;
    }
}
