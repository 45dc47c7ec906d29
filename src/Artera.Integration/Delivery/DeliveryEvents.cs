using Mediator;

namespace Artera.Integration.Delivery;

/// <summary>A message was queued: whoever keeps conversations writes it down in the same transaction.</summary>
public sealed record MessageQueued(OutboundMessage Message) : INotification;

/// <summary>These are about to be handed over, and each is asked about next: whoever needs rows for that reads them now, all at once.</summary>
public sealed record MessagesLeaving(IReadOnlyList<OutboundMessage> Messages) : INotification;

/// <summary>A message is about to be handed over, for the first time or again: whoever knows a reason against it holds it back.</summary>
public sealed record MessageLeaving(OutboundMessage Message) : INotification
{
    /// <summary>Why it is held back, in a stable word; null when nobody knows anything against it.</summary>
    public string? Reason { get; private set; }

    /// <summary>The same for people.</summary>
    public string? InWords { get; private set; }

    /// <summary>It does not leave. Whoever comes first is heard.</summary>
    public void HoldBack(string reason, string inWords)
    {
        if (Reason is null)
            (Reason, InWords) = (reason, inWords);
    }
}

/// <summary>The provider took the message.</summary>
public sealed record MessageSent(OutboundMessage Message) : INotification;

/// <summary>The message will not arrive; the next medium may.</summary>
/// <param name="OptedOut">The number wants nothing more from the line.</param>
/// <param name="NotMobile">The number cannot take texts.</param>
/// <param name="HeldBack">Why it was held back before it left, in words; null when it was not.</param>
public sealed record MessageFailed(OutboundMessage Message, bool OptedOut, bool NotMobile, string? HeldBack = null) : INotification;

/// <summary>The provider reported a new delivery state.</summary>
public sealed record DeliveryReported(OutboundMessage Message) : INotification;

/// <summary>A number opted out of a line, or in again.</summary>
public sealed record ConsentChanged(long LineId, string Number, bool OptedOut) : INotification;
