using Mediator;

namespace Artera.Integration.Delivery;

/// <summary>A message was queued: whoever keeps conversations writes it down in the same transaction.</summary>
public sealed record MessageQueued(OutboundMessage Message) : INotification;

/// <summary>The provider took the message.</summary>
public sealed record MessageSent(OutboundMessage Message) : INotification;

/// <summary>The message will not arrive; the next medium may.</summary>
/// <param name="OptedOut">The number wants nothing more from the line.</param>
/// <param name="NotMobile">The number cannot take texts.</param>
public sealed record MessageFailed(OutboundMessage Message, bool OptedOut, bool NotMobile) : INotification;

/// <summary>The provider reported a new delivery state.</summary>
public sealed record DeliveryReported(OutboundMessage Message) : INotification;

/// <summary>A number opted out of a line, or in again.</summary>
public sealed record ConsentChanged(long LineId, string Number, bool OptedOut) : INotification;
