using Mediator;

namespace Artera.Integration.Inbound;

/// <summary>Makes of one kept message what its feed's mapping says it means, and settles its row.</summary>
public sealed record ApplyMessage(long InboxMessageId) : IRequest<ApplyOutcome>;

/// <summary>What became of the message.</summary>
public sealed record ApplyOutcome(InboxState State, string? Cause = null);
