using Artera.Integration.Data;
using Artera.Integration.Delivery.Pacing;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Delivery;

/// <summary>What came of handing a message over, or of looking for it afterwards.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="AttemptNumber">The attempt that the outcome is about.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="LookedUp">True when a look says so, not the answer to the sending itself.</param>
internal sealed record Came(long MessageId, int AttemptNumber, SendOutcome Outcome, bool LookedUp = false);

/// <summary>Records what came of messages.</summary>
/// <returns>How each message stands now, in the order of the outcomes.</returns>
internal sealed record SettleSends(IReadOnlyList<Came> Outcomes) : IRequest<IReadOnlyList<OutboundState>>;

internal sealed partial class SettleSendsHandler(
    IntegrationDb db,
    TimeProvider time,
    MediumBook media,
    Settlement settlement,
    ILogger<SettleSendsHandler> log) : IRequestHandler<SettleSends, IReadOnlyList<OutboundState>>
{
    public async ValueTask<IReadOnlyList<OutboundState>> Handle(SettleSends request, CancellationToken cancellationToken)
    {
        var ids = request.Outcomes.Select(came => came.MessageId).Distinct().ToList();
        var messages = await db.Set<OutboundMessage>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var attempts = await db.Set<Attempt>().Where(row => ids.Contains(row.OutboundMessageId)).ToDictionaryAsync(row => (row.OutboundMessageId, row.Number), cancellationToken);
        settlement.Know(attempts);
        await settlement.ReadHoldersAhead([.. request.Outcomes.Select(came => came.Outcome).OfType<SendOutcome.Accepted>().Select(accepted => accepted.ProviderId)], cancellationToken);
        var states = new List<OutboundState>(request.Outcomes.Count);
        foreach (var came in request.Outcomes)
            states.Add(await Settle(came, messages[came.MessageId], attempts[(came.MessageId, came.AttemptNumber)], cancellationToken));
        return states;
    }

    private async ValueTask<OutboundState> Settle(Came request, OutboundMessage message, Attempt attempt, CancellationToken cancellationToken)
    {
        var open = message.State == OutboundState.Sending && message.Attempts == attempt.Number;

        switch (request.Outcome)
        {
            // A report has said so before, and what it set off may have gone further: a busy line is called again.
            case SendOutcome.Accepted accepted when attempt.ProviderId == accepted.ProviderId:
                break;

            // True whenever it comes: also after a report has said so, or the message was given up for lost.
            case SendOutcome.Accepted accepted when open || (!request.LookedUp && message.State != OutboundState.Sent):
                if (!await settlement.Taken(message, accepted.ProviderId, certain: !request.LookedUp, cancellationToken))
                    await LookAgain(message, attempt, accepted, cancellationToken);
                break;
            case SendOutcome.Accepted accepted when message.ProviderId != accepted.ProviderId:
                SentTwice(log, message.Id, attempt.Number);
                break;
            case var _ when !open:
                break;
            case SendOutcome.TryAgain again:
                settlement.Close(attempt, again);
                await Again(message, again, again.After, cancellationToken);
                if (again.PausesLine && message.State == OutboundState.Queued)
                    await db.PauseLine(message.Medium, message.LineId, time.Now(), message.DueAt, cancellationToken);
                break;
            case SendOutcome.NotThere:
                await Missed(message, attempt, cancellationToken);
                break;
            case SendOutcome.Unknown unknown:
                await LookAgain(message, attempt, unknown, cancellationToken);
                break;
            case var final:
                settlement.Close(attempt, final);
                await settlement.Failed(message, final, cancellationToken);
                break;
        }

        return message.State;
    }

    private async ValueTask Again(OutboundMessage message, SendOutcome outcome, Duration? askedFor, CancellationToken cancellation)
    {
        var next = RetryPolicy.After(Failure.Transient, message.Attempts, askedFor);
        if (next.Again)
            message.WaitUntil(time.Now() + next.Pause);
        else
            await settlement.Failed(message, outcome, cancellation);
    }

    /// <summary>Missing twice, as far apart as the provider may take to list it, is certain; then it may be sent again.</summary>
    private async ValueTask Missed(OutboundMessage message, Attempt attempt, CancellationToken cancellation)
    {
        var now = time.Now();
        attempt.Looks++;
        attempt.MissedAt ??= now;
        var certainAt = attempt.MissedAt.Value + (media.For(message.Medium)?.ListedWithin ?? Duration.Zero);
        if (now < certainAt)
        {
            message.LookAgainAt(certainAt);
            return;
        }

        settlement.Close(attempt, new SendOutcome.NotThere());
        await Again(message, new SendOutcome.Refused(FailureWords.Lost), Duration.Zero, cancellation);
    }

    private async ValueTask LookAgain(OutboundMessage message, Attempt attempt, SendOutcome outcome, CancellationToken cancellation)
    {
        attempt.Looks++;
        attempt.Code = Settlement.CodeOf(outcome);
        var next = RetryPolicy.After(Failure.Transient, attempt.Looks);
        if (next.Again)
            message.LookAgainAt(time.Now() + next.Pause);
        else
            await settlement.Failed(message, new SendOutcome.Refused(FailureWords.Unsettled), cancellation);
    }

    [LoggerMessage(LogLevel.Error, "Message {Id} reached the provider twice; attempt {Attempt} was the one too many")]
    private static partial void SentTwice(ILogger log, long id, int attempt);
}
