using System.Diagnostics;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Delivery;

/// <summary>
/// Claimed messages: recorded before they leave, many in one transaction; each handed over outside any transaction; and
/// settled after, again many at a time. Whatever dies in between leaves rows that say "maybe sent", and such a row is looked
/// up, never sent again blindly.
/// </summary>
internal sealed partial class MessageSender(
    IServiceScopeFactory scopes,
    MediumBook media,
    DeliveryMetrics metrics,
    IOptions<DeliveryOptions> options,
    ILogger<MessageSender> log)
{
    /// <summary>What came of a message that left or was looked for; null: nobody knows.</summary>
    internal readonly record struct Result(OutboundMessage Message, SendOutcome? Outcome, bool LookedUp);

    /// <summary>Records that claimed messages leave. One that cannot be recorded does not hold up the others.</summary>
    /// <returns>Those to hand over.</returns>
    public async Task<IReadOnlyList<OutboundMessage>> Begin(Guid claim, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return [];
        var begun = Stopwatch.GetTimestamp();
        var leaving = new List<OutboundMessage>();
        await Together(ids, async some => leaving.AddRange(await Command(new BeginSends(some, claim), cancellation)), id => id);

        // A process that was frozen just here may have been taken for dead, and its messages sent by another.
        return Stopwatch.GetElapsedTime(begun) > options.Value.ClaimLasts / 2 ? [] : leaving;
    }

    /// <summary>Hands over what <see cref="Begin"/> has recorded.</summary>
    public async Task<Result> HandOver(OutboundMessage message) => await Came(message, lookedUp: false, () => media.For(message.Medium)!.Send(message, CancellationToken.None));

    /// <summary>Asks the provider for a message that may have left.</summary>
    public async Task<Result> LookUp(OutboundMessage message) => await Came(message, lookedUp: true, async () =>
    {
        if (media.For(message.Medium) is not { } medium)
            return new SendOutcome.Unknown(FailureWords.NoProvider);
        var (since, others) = await Known(message);
        return await medium.Find(message, since, others, CancellationToken.None);
    });

    public async Task Settle(IReadOnlyList<Result> results)
    {
        await Together([.. results.Where(result => result.Outcome is not null)], Record, result => result.Message.Id);

        async Task Record(IReadOnlyList<Result> some)
        {
            var states = await Command(
                new SettleSends([.. some.Select(result => new Came(result.Message.Id, result.Message.Attempts, result.Outcome!, result.LookedUp))]), CancellationToken.None);
            foreach (var (result, state) in some.Zip(states))
            {
                metrics.Came(result.Message.Medium, result.Outcome!, result.LookedUp);
                if (result.Outcome is not SendOutcome.Accepted)
                    NotAccepted(log, result.Message.Id, result.Message.Attempts, result.Outcome!.GetType().Name, Settlement.CodeOf(result.Outcome), state);
            }
        }
    }

    private async Task<Result> Came(OutboundMessage message, bool lookedUp, Func<Task<SendOutcome>> ask)
    {
        try
        {
            return new(message, await ask(), lookedUp);
        }
        catch (Exception trouble)
        {
            // Also one that calls itself cancelled: nobody cancels what has left.
            LeftOpen(log, message.Id, trouble);
            return new(message, null, lookedUp);
        }
    }

    /// <summary>In one transaction; when that fails, each in its own, so that one odd row is nobody else's trouble.</summary>
    private async Task Together<T>(IReadOnlyList<T> all, Func<IReadOnlyList<T>, Task> work, Func<T, long> idOf)
    {
        if (all.Count == 0)
            return;
        try
        {
            await work(all);
            return;
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            if (all.Count == 1)
            {
                LeftOpen(log, idOf(all[0]), trouble);
                return;
            }
        }

        foreach (var one in all)
            await Together([one], work, idOf);
    }

    private async Task<(Instant Since, HashSet<string> Others)> Known(OutboundMessage message)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        var attempt = await db.Set<Attempt>().AsNoTracking().SingleAsync(row => row.OutboundMessageId == message.Id && row.Number == message.Attempts);
        var others = await db.Set<OutboundMessage>()
            .Where(other => other.LineId == message.LineId && other.To == message.To && other.Id != message.Id && other.ProviderId != null)
            .Select(other => other.ProviderId!)
            .Concat(db.Set<Attempt>().Where(earlier => earlier.OutboundMessageId == message.Id && earlier.ProviderId != null).Select(earlier => earlier.ProviderId!))
            .ToListAsync();
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
