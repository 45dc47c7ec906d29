using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Delivery;

/// <summary>Records what came of handing a message over, or of looking for it afterwards.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="AttemptNumber">The attempt that the outcome is about.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="LookedUp">True when a look says so, not the answer to the sending itself.</param>
internal sealed record SettleSend(long MessageId, int AttemptNumber, SendOutcome Outcome, bool LookedUp = false) : IRequest<OutboundState>;

internal sealed partial class SettleSendHandler(
    IntegrationDb db,
    TimeProvider time,
    MediumBook media,
    Settlement settlement,
    ILogger<SettleSendHandler> log) : IRequestHandler<SettleSend, OutboundState>
{
    public async ValueTask<OutboundState> Handle(SettleSend request, CancellationToken cancellationToken)
    {
        var message = await db.Set<OutboundMessage>().SingleAsync(row => row.Id == request.MessageId, cancellationToken);
        var attempt = await db.Set<Attempt>().SingleAsync(
            row => row.OutboundMessageId == request.MessageId && row.Number == request.AttemptNumber,
            cancellationToken);
        var open = message.State == OutboundState.Sending && message.Attempts == attempt.Number;

        switch (request.Outcome)
        {
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
