using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Inbound;

/// <summary>What one frame brought: usually one message, with a batch several; and what frame goes back.</summary>
internal sealed class Arrival(IReadOnlyList<ArrivedMessage> messages)
{
    public IReadOnlyList<ArrivedMessage> Messages { get; } = messages;

    /// <summary>Set when the messages came as a batch: their acknowledgements go back as one.</summary>
    public BatchEnvelope? Batch { get; init; }
}

/// <summary>One message of a frame.</summary>
/// <param name="Entry">The message as it is kept.</param>
/// <param name="Header">The message as read; null when it has no header.</param>
/// <param name="Answered">False for the beginning of a frame whose end never came: there is nobody to answer.</param>
internal sealed record ArrivedMessage(JournalEntry Entry, Hl7Message? Header, bool Answered = true);
