using System.Globalization;
using Artera.Integration.Appointments;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.WriteBack;

/// <summary>
/// Tells an EMR over MLLP, in the message that its mapping's <c>writeback</c> says (SIU or SRM). The acknowledgement is
/// read as HL7 v2 chapter 2 §2.9 means it: AA and CA took it, AE and CE may later, AR and CR will not.
/// </summary>
public sealed class Hl7Writer : IEmrWriter
{
    // Table 0357: somebody has the visit open at the EMR. It passes, even when the EMR rejects instead of failing.
    private const int RecordLocked = 206;

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
    public bool Takes(PatientStatus status) => feed.WriteBackMapping.Mapper.WriteBack?.Supports(status.Verb()) ?? false;

    /// <inheritdoc/>
    public bool WordsAnew => false;

    /// <inheritdoc/>
    public Wording Word(Answer answer)
    {
        var mapper = feed.WriteBackMapping.Mapper;
        var zone = mapper.File.Zone ?? feed.Zone;
        var request = new WriteBackRequest
        {
            Verb = answer.Status.Verb(),
            AppointmentId = answer.AppointmentId,
            PatientId = answer.PatientId,
            Start = answer.Start?.InZone(zone).LocalDateTime,
            ControlId = answer.ControlId,
            Now = answer.Now.InZone(zone).LocalDateTime,
            LastMessage = answer.LastMessage is { } last && FhirMessage.Looks(last.Span) ? null : answer.LastMessage,
        };
        return mapper.TryWriteBack(request, out var message, out var problem) ? new Wording(message) : new Wording(null, problem.Code);
    }

    /// <inheritdoc/>
    public async Task<WriteOutcome> Send(ReadOnlyMemory<byte> message, bool mayHaveArrived, Func<byte[], Task> keep, CancellationToken cancellation)
    {
        var reply = await connection.Send(message, destination.AckTimeout, cancellation);
        return reply.Kind switch
        {
            ReplyKind.NotConnected => new WriteOutcome.Unreachable(reply.Cause!),
            ReplyKind.NoAnswer => new WriteOutcome.Unknown(reply.Cause!, reply.Raw.IsEmpty ? null : reply.Raw.ToArray()),
            _ => Read(reply.Ack!, reply.Raw.ToArray()),
        };
    }

    /// <inheritdoc/>
    public ValueTask HangUp() => connection.Close();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static WriteOutcome Read(AckReply reply, byte[] acknowledgement)
    {
        var code = reply.ErrorCode is { } error ? string.Create(CultureInfo.InvariantCulture, $"{reply.Code} {error}") : reply.Code.ToString();
        return reply switch
        {
            { IsAccepted: true } => new WriteOutcome.Taken(acknowledgement),
            { Code: AckCode.AE or AckCode.CE } or { ErrorCode: RecordLocked } => new WriteOutcome.TryAgain(code, acknowledgement),
            _ => new WriteOutcome.Refused(code, acknowledgement),
        };
    }
}
