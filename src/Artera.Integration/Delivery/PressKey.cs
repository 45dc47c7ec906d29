using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Delivery;

/// <summary>Somebody answered a call of ours with a key.</summary>
/// <param name="MessageId">The message that was read out.</param>
/// <param name="Confirms">True for the key that confirms, false for the one that cancels.</param>
/// <returns>Whether the answer was taken: the visit may have passed, moved or been cancelled meanwhile.</returns>
internal sealed record PressKey(long MessageId, bool Confirms) : IRequest<bool>;

internal sealed class PressKeyHandler(IntegrationDb db, IPublisher publisher) : IRequestHandler<PressKey, bool>
{
    public async ValueTask<bool> Handle(PressKey request, CancellationToken cancellationToken)
    {
        var pressed = new KeyPressed(
            await db.Set<OutboundMessage>().SingleAsync(row => row.Id == request.MessageId, cancellationToken),
            request.Confirms);
        await publisher.Publish(pressed, cancellationToken);
        return pressed.Taken;
    }
}

/// <summary>Somebody pressed a key in a call: whoever knows what was asked takes the answer.</summary>
public sealed record KeyPressed(OutboundMessage Message, bool Confirms) : INotification
{
    /// <summary>Whether somebody took it.</summary>
    public bool Taken { get; set; }
}
