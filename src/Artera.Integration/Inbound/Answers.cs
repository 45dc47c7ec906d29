using System.Globalization;
using System.Security.Cryptography;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Inbound;

/// <summary>Writes acknowledgements: which one a message asked for, and with control ids of our own.</summary>
internal sealed class Answers(TimeProvider time, ApplicationAckTrouble trouble)
{
    // 20 characters at most, and never the same again after a restart.
    private readonly string series = Convert.ToHexString(RandomNumberGenerator.GetBytes(5));
    private long last;

    /// <summary>The acknowledgement for what became of a message; no bytes when it asked for none.</summary>
    public (string Code, byte[]? Bytes) To(Feed feed, Hl7Message? message, AckOutcome outcome, IReadOnlyList<Hl7Problem> problems, long? expectedSequence = null)
    {
        var decision = AckPolicy.Of(message).Decide(outcome);
        if (decision.Application != AckCondition.Never && feed.Options.Mllp?.ApplicationAcks is null)
            trouble.NowhereToSend(feed.Name);
        if (decision.Immediate is not { } code)
            return ("", null);
        var ack = new Acknowledgement
        {
            Code = code,
            ControlId = NextControlId(),
            SentAt = time.Now().InZone(feed.Zone).ToOffsetDateTime(),
            Problems = problems,
            ExpectedSequence = expectedSequence,
        };
        return (code.ToString(), ack.Write(message));
    }

    public string NextControlId() => string.Create(CultureInfo.InvariantCulture, $"{series}{Interlocked.Increment(ref last):X}");
}
