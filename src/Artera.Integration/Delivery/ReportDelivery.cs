using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Delivery;

/// <summary>Records what a provider reports of a message. Reports may come twice, late and in any order.</summary>
/// <param name="ProviderId">The message's id at the provider.</param>
/// <param name="MessageId">Our id, when the report carries it: a report may be here before the answer to the sending.</param>
/// <param name="To">Whom the provider sent it to, when the report says so: an id of another database names a stranger.</param>
/// <param name="State">What is reported.</param>
/// <param name="Failure">Why it did not arrive, for <see cref="DeliveryState.Undelivered"/> and <see cref="DeliveryState.Failed"/>.</param>
/// <returns>False when no message of ours is meant.</returns>
internal sealed record ReportDelivery(string ProviderId, long? MessageId, string? To, DeliveryState State, SendOutcome? Failure = null)
    : IRequest<bool>;

internal sealed class ReportDeliveryHandler(IntegrationDb db, TimeProvider time, Settlement settlement, CallingAgain callingAgain, IPublisher publisher)
    : IRequestHandler<ReportDelivery, bool>
{
    public async ValueTask<bool> Handle(ReportDelivery request, CancellationToken cancellationToken)
    {
        if (await Meant(request, cancellationToken) is not { } message)
            return false;

        if (await callingAgain.IsOfAnEarlierCall(message, request.ProviderId, cancellationToken))
            return true;
        if (message.State != OutboundState.Sent)
            await settlement.Taken(message, request.ProviderId, certain: true, cancellationToken);
        if (message.ProviderId != request.ProviderId)
            return false;
        if (Weight(request.State) <= Weight(message.Delivery))
            return true;

        if (await callingAgain.After(message, request.Failure, cancellationToken))
        {
            await db.SaveChangesAsync(cancellationToken);
            await publisher.Publish(new DeliveryReported(message), cancellationToken);
            return true;
        }

        message.Delivery = request.State;
        if (request.State == DeliveryState.Delivered)
            message.DeliveredAt = time.Now();
        message.FailureCode = request.Failure is { } failure ? Settlement.CodeOf(failure) : null;
        await db.SaveChangesAsync(cancellationToken);
        await publisher.Publish(new DeliveryReported(message), cancellationToken);
        if (request.Failure is not null)
            await settlement.Tell(message, request.Failure, cancellationToken);
        return true;
    }

    private async Task<OutboundMessage?> Meant(ReportDelivery request, CancellationToken cancellation)
    {
        var messages = db.Set<OutboundMessage>();
        var named = request.MessageId is { } id
            ? await messages.SingleOrDefaultAsync(message => message.Id == id, cancellation)
            : null;
        if (named is not null && (request.To is null || named.To == request.To))
            return named;
        return await messages.FirstOrDefaultAsync(message => message.ProviderId == request.ProviderId, cancellation);
    }

    /// <summary>The heavier report stands, so that the order in which they come does not matter.</summary>
    private static int Weight(DeliveryState state) => state switch
    {
        DeliveryState.Queued => 0,
        DeliveryState.Sent => 1,
        DeliveryState.Failed => 2,
        DeliveryState.Undelivered => 3,
        DeliveryState.Delivered => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };
}
