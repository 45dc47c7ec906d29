using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Delivery;

/// <summary>Somebody who was busy or did not answer is called again, as often as the settings say and while the message has its meaning.</summary>
internal sealed class CallingAgain(IntegrationDb db, Settlement settlement, TimeProvider time, IOptions<DeliveryOptions> options)
{
    public const string Busy = "call-busy";
    public const string NoAnswer = "call-no-answer";

    /// <summary>Reports come late and twice: what is said of an earlier call is no news of this one.</summary>
    public async ValueTask<bool> IsOfAnEarlierCall(OutboundMessage message, string providerId, CancellationToken cancellation) =>
        message.Medium == Medium.Voice && message.ProviderId != providerId
        && await db.Set<Attempt>().AnyAsync(attempt => attempt.OutboundMessageId == message.Id && attempt.ProviderId == providerId, cancellation);

    /// <returns>Whether the message waits for its next call now.</returns>
    public async ValueTask<bool> After(OutboundMessage message, SendOutcome? failure, CancellationToken cancellation)
    {
        if (message.Medium != Medium.Voice || failure is not SendOutcome.Refused { Code: Busy or NoAnswer } missed)
            return false;
        var last = await settlement.LastAttempt(message, cancellation);
        var before = await db.Set<Attempt>().CountAsync(
            attempt => attempt.OutboundMessageId == message.Id && attempt.ProviderId != null && attempt.Number < message.Attempts, cancellation);
        var calls = options.Value.Calls;
        var next = RetryPolicy.After(Failure.Transient, before + 1, Duration.FromTimeSpan(calls.Pause), calls.Tries);
        var due = time.Now() + next.Pause;
        if (!next.Again || last is null || message.NotAfter < due)
            return false;
        last.Code = missed.Code;
        message.WaitUntil(due);
        return true;
    }
}
