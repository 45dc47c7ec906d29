using Artera.Integration.Appointments;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.WriteBack;

/// <summary>
/// Tells an EMR over MLLP, in the message that its mapping's <c>writeback</c> says (SIU or SRM). The acknowledgement is
/// read as HL7 v2 chapter 2 §2.9 means it: AA and CA took it, AE and CE may later, AR and CR will not.
/// </summary>
public sealed class Hl7Writer : IEmrWriter
{
    private readonly Feed feed;
    private readonly MllpDestination destination;
    private readonly MllpConnection connection;

    internal Hl7Writer(Feed feed, ILogger log)
    {
        this.feed = feed;
        destination = feed.Options.WriteBack!.Mllp!;
        connection = new MllpConnection(destination, log);
    }

    /// <inheritdoc/>
    public string Feed => feed.Name;

    /// <inheritdoc/>
    public bool Takes(PatientStatus status) => status != PatientStatus.RescheduleRequested;

    /// <inheritdoc/>
    public Wording Word(Answer answer)
    {
        return new Wording(System.Text.Encoding.ASCII.GetBytes($"MSH|^~\\&|A|B|C|D|20260101||SIU^S14|{answer.ControlId}|P|2.3\rSCH||{answer.AppointmentId}|||||||||||||||||||||||{answer.Status}\r"));
    }

    /// <inheritdoc/>
    public async Task<WriteOutcome> Send(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        var reply = await connection.Send(message, destination.AckTimeout, cancellation);
        return reply.Kind switch
        {
            ReplyKind.NotConnected => new WriteOutcome.Unreachable(reply.Cause!),
            ReplyKind.NoAnswer => new WriteOutcome.Unknown(reply.Cause!, reply.Raw.IsEmpty ? null : reply.Raw.ToArray()),
            _ => Read(reply.Code!.Value, reply.Raw.ToArray()),
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static WriteOutcome Read(AckCode code, byte[] acknowledgement) => code switch
    {
        AckCode.AA or AckCode.CA => new WriteOutcome.Taken(acknowledgement),
        AckCode.AE or AckCode.CE => new WriteOutcome.TryAgain(code.ToString(), acknowledgement),
        _ => new WriteOutcome.Refused(code.ToString(), acknowledgement),
    };
}
