using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Delivery;

/// <summary>Records that messages are about to leave, except those that must not any more.</summary>
/// <param name="MessageIds">The messages.</param>
/// <param name="Claim">The claim under which the caller holds them.</param>
/// <returns>The messages to hand over.</returns>
internal sealed record BeginSends(IReadOnlyList<long> MessageIds, Guid Claim) : IRequest<IReadOnlyList<OutboundMessage>>;

internal sealed class BeginSendsHandler(
    IntegrationDb db,
    TimeProvider time,
    MediumBook media,
    Settlement settlement,
    IPublisher publisher,
    IOptions<DeliveryOptions> options) : IRequestHandler<BeginSends, IReadOnlyList<OutboundMessage>>
{
    public async ValueTask<IReadOnlyList<OutboundMessage>> Handle(BeginSends request, CancellationToken cancellationToken)
    {
        var ids = request.MessageIds.ToList();
        var claimed = await db.Set<OutboundMessage>()
            .Where(row => ids.Contains(row.Id) && row.Claim == request.Claim && row.State == OutboundState.Queued)
            .OrderBy(row => row.Priority).ThenBy(row => row.DueAt).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);
        var optedOut = await OptedOut(claimed, cancellationToken);
        await publisher.Publish(new MessagesLeaving(claimed), cancellationToken);
        var leaving = new List<OutboundMessage>(claimed.Count);
        foreach (var message in claimed)
        {
            if (await MayLeave(message, optedOut, cancellationToken))
                leaving.Add(message);
        }

        var now = time.Now();
        foreach (var message in leaving)
        {
            message.State = OutboundState.Sending;
            message.Attempts++;
            message.ClaimedUntil = now + options.Value.ClaimFor;
            db.Add(new Attempt { OutboundMessageId = message.Id, Number = message.Attempts, StartedAt = now });
        }

        return leaving;
    }

    private async Task<HashSet<(long, string)>> OptedOut(List<OutboundMessage> messages, CancellationToken cancellation)
    {
        var lines = messages.Select(message => message.LineId).Distinct().ToList();
        var numbers = messages.Select(message => message.To).Distinct(StringComparer.Ordinal).ToList();
        var rows = await db.Set<OptOut>().Where(row => numbers.Contains(row.Number) && lines.Contains(row.LineId))
            .Select(row => new { row.LineId, row.Number }).ToListAsync(cancellation);
        return [.. rows.Select(row => (row.LineId, row.Number))];
    }

    private async ValueTask<bool> MayLeave(OutboundMessage message, HashSet<(long, string)> optedOut, CancellationToken cancellation)
    {
        if (!message.DespiteOptOut && optedOut.Contains((message.LineId, message.To)))
            return await Refuse(message, new SendOutcome.OptedOut(FailureWords.OptedOut), cancellation);
        var leaving = new MessageLeaving(message);
        await publisher.Publish(leaving, cancellation);
        if (leaving.Reason is not null)
        {
            await settlement.HeldBack(leaving, cancellation);
            return false;
        }

        if (message.NotAfter < time.Now())
            return await Refuse(message, new SendOutcome.Refused(FailureWords.Expired), cancellation);
        if (!media.Serves(message.Medium))
            return await Refuse(message, new SendOutcome.Refused(FailureWords.NoProvider), cancellation);
        return true;
    }

    private async ValueTask<bool> Refuse(OutboundMessage message, SendOutcome outcome, CancellationToken cancellation)
    {
        await settlement.Failed(message, outcome, cancellation);
        return false;
    }
}
