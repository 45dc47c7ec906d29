using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Delivery;

/// <summary>What it means that a provider has a message, or never will; the same whether an answer, a look or a report says so.</summary>
internal sealed class Settlement(IntegrationDb db, TimeProvider time, ISender sender, IPublisher publisher)
{
    private readonly Dictionary<string, OutboundMessage?> holders = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<(long MessageId, int Number), Attempt>? attempts;

    /// <summary>All attempts of the messages that are settled.</summary>
    public void Know(IReadOnlyDictionary<(long MessageId, int Number), Attempt> known) => attempts = known;

    /// <summary>Who has these of the provider's ids already, asked once for many messages that are settled in one transaction.</summary>
    public async Task ReadHoldersAhead(List<string> providerIds, CancellationToken cancellation)
    {
        if (providerIds.Count == 0)
            return;
        providerIds.ForEach(id => holders[id] = null);
        await db.Set<OutboundMessage>().Where(other => providerIds.Contains(other.ProviderId!)).ForEachAsync(other => holders[other.ProviderId!] = other, cancellation);
    }

    /// <summary>Notes that the provider has the message under an id.</summary>
    /// <param name="message">The message, tracked.</param>
    /// <param name="providerId">Its id there.</param>
    /// <param name="certain">True for the provider's own answer about this message; false for a look, which goes by the text.</param>
    /// <param name="cancellation">Stops the queries.</param>
    /// <returns>False when a look took another message's id for this one's.</returns>
    public async ValueTask<bool> Taken(OutboundMessage message, string providerId, bool certain, CancellationToken cancellation)
    {
        var holder = await HolderOf(providerId, message, cancellation);
        if (holder is not null && !certain)
            return false;

        // A look gave this id to a message of the same words: that one is still to be found.
        if (holder is not null)
            await TakeBack(holder, cancellation);

        message.TakenAs(providerId, time.Now());
        holders[providerId] = message;
        if (await LastAttempt(message, cancellation) is { } attempt)
            Close(attempt, new SendOutcome.Accepted(providerId));
        await publisher.Publish(new MessageSent(message), cancellation);
        return true;
    }

    /// <summary>Notes that the message will not be sent and tells whoever may have another way.</summary>
    public async ValueTask Failed(OutboundMessage message, SendOutcome outcome, CancellationToken cancellation)
    {
        message.Fail(CodeOf(outcome) ?? FailureWords.Unknown);
        await db.SaveChangesAsync(cancellation);
        await Tell(message, outcome, cancellation);
    }

    /// <summary>Notes that somebody held the message back before it left.</summary>
    public async ValueTask HeldBack(MessageLeaving leaving, CancellationToken cancellation)
    {
        leaving.Message.Fail(FailureWords.HeldBack(leaving.Reason!));
        await db.SaveChangesAsync(cancellation);
        await publisher.Publish(new MessageFailed(leaving.Message, OptedOut: false, NotMobile: false, leaving.InWords), cancellation);
    }

    public async ValueTask Tell(OutboundMessage message, SendOutcome outcome, CancellationToken cancellation)
    {
        if (outcome is SendOutcome.OptedOut)
            await sender.Send(new OptOutNumber(message.LineId, message.To, "provider"), cancellation);
        await publisher.Publish(
            new MessageFailed(message, outcome is SendOutcome.OptedOut, outcome is SendOutcome.NotMobile),
            cancellation);
    }

    public async ValueTask<Attempt?> LastAttempt(OutboundMessage message, CancellationToken cancellation) =>
        attempts?.GetValueOrDefault((message.Id, message.Attempts))
        ?? await db.Set<Attempt>().SingleOrDefaultAsync(
            attempt => attempt.OutboundMessageId == message.Id && attempt.Number == message.Attempts,
            cancellation);

    public void Close(Attempt attempt, SendOutcome outcome)
    {
        attempt.SettledAt = time.Now();
        attempt.Outcome = outcome.GetType().Name;
        attempt.Code = CodeOf(outcome);
        attempt.ProviderId = (outcome as SendOutcome.Accepted)?.ProviderId;
    }

    public static string? CodeOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.TryAgain again => again.Code,
        SendOutcome.Refused refused => refused.Code,
        SendOutcome.OptedOut optedOut => optedOut.Code,
        SendOutcome.NotMobile notMobile => notMobile.Code,
        SendOutcome.Unknown unknown => unknown.Code,
        _ => null,
    };

    private async ValueTask<OutboundMessage?> HolderOf(string providerId, OutboundMessage message, CancellationToken cancellation)
    {
        if (!holders.TryGetValue(providerId, out var holder))
            holder = await db.Set<OutboundMessage>().FirstOrDefaultAsync(other => other.ProviderId == providerId, cancellation);
        return holder == message ? null : holder;
    }

    private async Task TakeBack(OutboundMessage holder, CancellationToken cancellation)
    {
        holder.LookAgainAt(time.Now());
        if (await LastAttempt(holder, cancellation) is { } attempt)
        {
            attempt.SettledAt = null;
            attempt.Outcome = null;
            attempt.ProviderId = null;
            attempt.MissedAt = null;
        }

        await db.SaveChangesAsync(cancellation);
    }
}
