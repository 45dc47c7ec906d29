using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Feeds;

/// <summary>What came of sending one message over MLLP and waiting for its answer.</summary>
/// <param name="Kind">Whether an answer came, and if not, whether the message can have left.</param>
/// <param name="Ack">The answer as read; null when there is none.</param>
/// <param name="Raw">The answer as received; empty when there is none.</param>
/// <param name="Cause">A stable word for why there is none, else null: <c>no-answer</c>, <c>answer-for-another</c>,
/// <c>connection-lost</c>, <c>connect-timeout</c>, <c>tls</c>, or a socket error such as <c>ConnectionRefused</c>.</param>
public readonly record struct MllpReply(ReplyKind Kind, AckReply? Ack, ReadOnlyMemory<byte> Raw, string? Cause = null)
{
    /// <summary>MSA-1 of the answer; null when there is none.</summary>
    public AckCode? Code => Ack?.Code;

    internal static MllpReply NotConnected(string cause) => new(ReplyKind.NotConnected, null, default, cause);

    internal static MllpReply NoAnswer(string cause, ReadOnlyMemory<byte> stray) => new(ReplyKind.NoAnswer, null, stray, cause);
}

/// <summary>Whether an answer came, and if not, whether the message can have left.</summary>
public enum ReplyKind
{
    /// <summary>The answer to this very message (MSA-2).</summary>
    Answered,

    /// <summary>The message went out and nothing in time says what became of it.</summary>
    NoAnswer,

    /// <summary>There was no connection, so nothing went out.</summary>
    NotConnected,
}
