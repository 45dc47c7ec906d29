using System.Globalization;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Hl7;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>Queues the application acknowledgement that a message is owed, in the transaction that settles it.</summary>
internal static class OwedAcks
{
    /// <summary>Once a message: what is applied again later, because a code was given a meaning, was answered the first time.</summary>
    /// <param name="row">The message, settled.</param>
    /// <param name="why">All that is wrong with it, if it is held.</param>
    public static async Task Owe(IntegrationDb db, FeedBook feeds, InboxMessage row, IReadOnlyList<Cause> why, Instant now, CancellationToken cancellation)
    {
        // In original mode, where MSA-1 is an A code, the one answer has been given.
        if (row.AckCode.StartsWith('A') || feeds.Find(row.Feed) is not { Options.Mllp.ApplicationAcks: not null } feed)
            return;
        var (outcome, problems) = Outcome(row.State, why, feed.Options.ContentErrors);
        if (Hl7Message.TryRead(row.Raw, out _, feed.Charset) is not { } message
            || AckPolicy.Of(message).Decide(AckOutcome.Accepted).Owed(outcome) is not { } code
            || await db.Set<ApplicationAck>().AnyAsync(ack => ack.InboxMessageId == row.Id, cancellation))
        {
            return;
        }

        // The row's id, and when: a database that starts over does not repeat a control id that the EMR has seen.
        var controlId = string.Create(CultureInfo.InvariantCulture, $"AP{row.Id}-{now.ToUnixTimeSeconds() & 0xFFFFFF:X6}");
        var ack = new Acknowledgement
        {
            Code = code,
            ControlId = controlId,
            SentAt = now.InZone(feed.Zone).ToOffsetDateTime(),
            Problems = problems,
            Deferred = true,
        };
        db.Add(new ApplicationAck
        {
            Feed = feed.Name,
            InboxMessageId = row.Id,
            Code = code,
            ControlId = controlId,
            Message = ack.Write(message),
            CreatedAt = now,
            DueAt = now,
        });
    }

    private static (AckOutcome Outcome, IReadOnlyList<Hl7Problem> Problems) Outcome(InboxState state, IReadOnlyList<Cause> why, ContentErrors setting) => state switch
    {
        InboxState.Failed => (AckOutcome.Trouble, [new Hl7Problem(207, "the message is kept, but could not be applied; a person looks at it")]),
        InboxState.Held when ContentVerdict.Of(why, setting) is { Problem: not null } verdict => (verdict.Outcome, verdict.Problems),
        _ => (AckOutcome.Accepted, []),
    };
}
