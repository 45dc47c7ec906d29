using System.Globalization;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Hl7;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>What came of sending application acknowledgements, and the queue is free again.</summary>
/// <param name="First">The row by which the queue was claimed.</param>
/// <param name="Claim">The claim; when somebody else has the queue by now, nothing is settled.</param>
/// <param name="Sent">In order; only the last can have failed.</param>
/// <param name="Failures">How often in a row nobody listened.</param>
internal sealed record SettleApplicationAcks(long First, Guid? Claim, IReadOnlyList<SentAck> Sent, int Failures) : IRequest<bool>;

internal sealed record SentAck(long Id, MllpReply Reply)
{
    /// <summary>CA, or AA from an EMR that answers an acknowledgement as it answers a message.</summary>
    public bool IsTaken => Reply is { Kind: ReplyKind.Answered, Ack.IsAccepted: true };
}

internal sealed class SettleApplicationAcksHandler(IntegrationDb db, TimeProvider time) : IRequestHandler<SettleApplicationAcks, bool>
{
    // As many as a write-back gets by default: about six hours, after which the others should not wait any longer.
    private const int MostAttempts = 12;
    private static readonly Duration LongestPauseWhileDown = Duration.FromMinutes(2);

    public async ValueTask<bool> Handle(SettleApplicationAcks request, CancellationToken cancellationToken)
    {
        var ids = request.Sent.Select(ack => ack.Id).Append(request.First).ToList();
        var rows = await db.Set<ApplicationAck>().Where(ack => ids.Contains(ack.Id)).ToDictionaryAsync(ack => ack.Id, cancellationToken);
        if (!rows.TryGetValue(request.First, out var first) || first.Claim != request.Claim)
            return false;
        first.Release();
        foreach (var sent in request.Sent.Where(sent => rows.ContainsKey(sent.Id)))
            Settle(rows[sent.Id], sent, request.Failures);
        return true;
    }

    private void Settle(ApplicationAck ack, SentAck sent, int failures)
    {
        var reply = sent.Reply;
        if (reply.Kind == ReplyKind.NotConnected)
        {
            // It has not left: however long nobody listens, it waits.
            var pause = RetryPolicy.After(Failure.Transient, Math.Max(failures, 1), most: int.MaxValue).Pause;
            (ack.Cause, ack.DueAt) = (reply.Cause, time.Now() + Duration.Min(pause, LongestPauseWhileDown));
            return;
        }

        ack.Attempts++;
        ack.Reply = reply.Raw.IsEmpty ? ack.Reply : reply.Raw.ToArray();
        ack.Cause = reply.Ack is { } answer ? string.Create(CultureInfo.InvariantCulture, $"{answer.Code} {answer.ErrorCode}").Trim() : reply.Cause;
        var refused = reply.Ack?.Code is AckCode.AR or AckCode.CR;
        var next = RetryPolicy.After(refused ? Failure.Final : Failure.Transient, ack.Attempts, most: MostAttempts);
        if (sent.IsTaken || !next.Again)
            (ack.State, ack.SettledAt) = (sent.IsTaken ? ApplicationAckState.Taken : ApplicationAckState.GivenUp, time.Now());
        else
            ack.DueAt = time.Now() + next.Pause;
    }
}
