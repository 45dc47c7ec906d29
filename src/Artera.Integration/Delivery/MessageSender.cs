using System.Diagnostics;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Delivery;

/// <summary>
/// One claimed message: recorded before it leaves, handed over outside any transaction, settled after. Whatever
/// dies in between leaves a row that says "maybe sent", and such a row is looked up, never sent again blindly.
/// </summary>
internal sealed partial class MessageSender(
    IServiceScopeFactory scopes,
    MediumBook media,
    DeliveryMetrics metrics,
    IOptions<DeliveryOptions> options,
    ILogger<MessageSender> log)
{
    public async Task Handle(OutboundMessage claimed, CancellationToken cancellation)
    {
        try
        {
            if (claimed.State == OutboundState.Sending)
                await LookUp(claimed, cancellation);
            else
                await HandOver(claimed.Id, claimed.Claim!.Value, cancellation);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            LeftOpen(log, claimed.Id, trouble);
        }
    }

    private async Task HandOver(long id, Guid claim, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        if (await Command(new BeginSend(id, claim), cancellation) is not { } message)
            return;

        // A process that was frozen just here may have been taken for dead, and its message sent by another.
        if (Stopwatch.GetElapsedTime(begun) > options.Value.ClaimLasts / 2)
            return;

        var outcome = await media.For(message.Medium)!.Send(message, cancellation);
        await Settle(message, outcome, lookedUp: false, cancellation);
    }

    private async Task LookUp(OutboundMessage message, CancellationToken cancellation)
    {
        SendOutcome outcome = new SendOutcome.Unknown(FailureWords.NoProvider);
        if (media.For(message.Medium) is { } medium)
        {
            var (since, others) = await Known(message, cancellation);
            outcome = await medium.Find(message, since, others, cancellation);
        }

        await Settle(message, outcome, lookedUp: true, cancellation);
    }

    private async Task Settle(OutboundMessage message, SendOutcome outcome, bool lookedUp, CancellationToken cancellation)
    {
        var state = await Command(new SettleSend(message.Id, message.Attempts, outcome, lookedUp), cancellation);
        metrics.Came(message.Medium, outcome, lookedUp);
        if (outcome is not SendOutcome.Accepted)
            NotAccepted(log, message.Id, message.Attempts, outcome.GetType().Name, Settlement.CodeOf(outcome), state);
    }

    private async Task<(Instant Since, HashSet<string> Others)> Known(OutboundMessage message, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        var attempt = await db.Set<Attempt>().AsNoTracking().SingleAsync(
            row => row.OutboundMessageId == message.Id && row.Number == message.Attempts,
            cancellation);
        var others = await db.Set<OutboundMessage>()
            .Where(other => other.LineId == message.LineId && other.To == message.To && other.Id != message.Id && other.ProviderId != null)
            .Select(other => other.ProviderId!)
            .ToListAsync(cancellation);
        return (attempt.StartedAt, others.ToHashSet(StringComparer.Ordinal));
    }

    private async Task<T> Command<T>(IRequest<T> command, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(command, cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "Message {Id}, attempt {Attempt}: {Outcome} {Code}, now {State}")]
    private static partial void NotAccepted(ILogger log, long id, int attempt, string outcome, string? code, OutboundState state);

    [LoggerMessage(LogLevel.Error, "Message {Id} was left as it is; it is taken up again when its claim lapses")]
    private static partial void LeftOpen(ILogger log, long id, Exception trouble);
}
