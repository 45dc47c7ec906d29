using System.Globalization;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Hl7;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>Makes rows of what a feed's frames bring, each with the acknowledgement that its sender gets once it is kept.</summary>
internal sealed class Intake(Feed feed, Answers answers, InboundMeter meter, TimeProvider time)
{
    private long lastSequence = -2;

    /// <summary>A frame with its end, or as much of it as is allowed.</summary>
    public Arrival Read(byte[] payload, MllpFrameKind kind)
    {
        var now = time.Now();
        if (kind == MllpFrameKind.Complete && IsBatch(payload) && Hl7Batch.Read(payload) is { Messages.Count: > 0 } batch
            && (batch.Messages.Count > 1 || batch.Batches > 0))
        {
            var envelope = BatchEnvelope.For(batch, payload, answers.NextControlId());
            return new Arrival([.. batch.Messages.Select(message => Read(message.ToArray(), now, null, envelope))]) { Batch = envelope };
        }

        Verdict? tooLong = kind == MllpFrameKind.TooLong ? Verdict.TooLong(feed.Options.Mllp!.MaxMessageBytes) : null;
        return new Arrival([Read(payload, now, tooLong, null)]);
    }

    /// <summary>The beginning of a frame whose end never came: kept, so that somebody can see it, and never answered.</summary>
    public Arrival ReadPart(byte[] part, string cause)
    {
        var header = Hl7Message.TryRead(part, out _, feed.Charset);
        return new Arrival([new ArrivedMessage(Keep(part, time.Now(), header, InboxState.Rejected, cause, default), header, Answered: false)]);
    }

    /// <summary>The answer when nothing could be kept: the sender shall try again.</summary>
    public (string Code, byte[]? Bytes) Trouble(Hl7Message? header) =>
        answers.To(feed, header, AckOutcome.Trouble, [new Hl7Problem(207, "the message could not be stored, send it again")]);

    private ArrivedMessage Read(byte[] raw, Instant now, Verdict? already, BatchEnvelope? envelope)
    {
        var header = Hl7Message.TryRead(raw, out var problem, feed.Charset);
        var verdict = already ?? Verdict.Of(header, problem, feed.Options);
        var start = header is { IsSequenceStart: true } && verdict.Problem is null;
        if (header is not null && !start && verdict.Problem is null && AckPolicy.Of(header).Accept == AckCondition.Never)
            verdict = ContentVerdict.Of(header, feed);
        var ack = answers.To(feed, header, verdict.Outcome, verdict.Problems, start ? Expected() : null);
        if (header is not null && long.TryParse(header.SequenceNumber, CultureInfo.InvariantCulture, out var sequence) && sequence > 0)
            lastSequence = sequence;

        var state = verdict.Problem is not null ? InboxState.Rejected : start ? InboxState.Ignored : InboxState.Received;
        var entry = Keep(raw, now, header, state, start ? "sequence-start" : verdict.Cause, ack);
        if (start)
        {
            // Each start is told the number of its own moment: never answered as the resend of an earlier one.
            entry.Message.BodyHash ^= now.ToUnixTimeTicks();
        }

        entry.Message.Note = envelope?.Problem is null ? null : "batch-counts-differ";
        (entry.Message.CausePath, entry.Message.CauseValue, entry.Message.CauseTable) = (verdict.Path, verdict.Value, verdict.Table);
        return new ArrivedMessage(entry, header);
    }

    private JournalEntry Keep(byte[] raw, Instant now, Hl7Message? header, InboxState state, string? cause, (string Code, byte[]? Bytes) ack)
    {
        meter.Received(feed.Name, 1);
        var keys = header is null ? default : feed.Mapper.Keys(header);
        var message = new InboxMessage
        {
            Feed = feed.Name,
            ReceivedAt = now,
            Raw = raw,
            ControlId = Column(header?.ControlId),
            BodyHash = BodyHash.Of(raw),
            Event = Column(header?.Event),
            PatientKey = keys.PatientId is null ? null : Column(keys.PatientId),
            AppointmentKey = SubjectKey.Of(keys) is { } subject ? Column(subject) : null,
            Lane = Lane.Of(feed.Emr, keys.PatientId is null ? feed.Name : Column(keys.PatientId)),
            State = state,
            Cause = cause,
            AckCode = ack.Code ?? "",
            Ack = ack.Bytes,
        };
        return new JournalEntry(message, atOnce: true);
    }

    // -1 says: go on with whatever number you have (§2.10.1), for we only watch the numbers.
    private long Expected() => lastSequence + 1;

    private static bool IsBatch(ReadOnlySpan<byte> payload) =>
        !payload.StartsWith("MSH"u8) || payload.IndexOf("\rMSH"u8) > 0 || payload.IndexOf("\nMSH"u8) > 0;

    // What a sender puts into a header field is as long as it likes, a column is not.
    internal static string Column(string? value)
    {
        const int most = 200;
        var text = value is null ? "" : value.Replace("\0", "", StringComparison.Ordinal);
        return text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }
}
