using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Quartz;
using RetryPolicy = Artera.Integration.Data.RetryPolicy;

namespace Artera.Integration.Replies;

/// <summary>
/// Reads what has come in, strictly in order for one number: the next text of a number waits until the one before
/// it is understood, while other numbers go on.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class ReadRepliesJob(
    IntegrationDb db,
    WriteGate gate,
    TimeProvider time,
    IServiceScopeFactory scopes,
    IOptions<RepliesOptions> options,
    ILogger<ReadRepliesJob> logger) : IJob
{
    private const int AtOnce = 50;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var lease = Duration.FromTimeSpan(options.Value.Lease);
        while (await db.ClaimDue(FirstOfEachNumber(), time.Now(), AtOnce, lease, gate, cancellationToken) is { Count: > 0 } texts)
        {
            foreach (var text in texts)
                await Read(text, cancellationToken);
        }
    }

    private IQueryable<InboundText> FirstOfEachNumber()
    {
        // A parameter: SQLite finds no index for NOT Understood, which is what a constant becomes.
        var understood = false;
        var unread = db.Set<InboundText>().Where(text => text.Understood == understood);
        return unread.Where(text => !unread.Any(earlier => earlier.From == text.From && earlier.Id < text.Id));
    }

    private async Task Read(InboundText text, CancellationToken cancellation)
    {
        try
        {
            await Send(new ReadReply(text.Id), cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(logger, failure, text.Id, text.Attempts + 1);
            await TryLater(text, cancellation);
        }
    }

    private async Task TryLater(InboundText text, CancellationToken cancellation)
    {
        var attempts = text.Attempts + 1;
        var next = RetryPolicy.After(Failure.Transient, attempts);
        if (!next.Again)
        {
            await Send(new GiveUpReading(text.Id), cancellation);
            return;
        }

        var dueAt = time.Now() + next.Pause;
        using var turn = await gate.Enter(cancellation);
        await db.Set<InboundText>().Where(row => row.Id == text.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Attempts, attempts)
                .SetProperty(row => row.DueAt, dueAt)
                .SetProperty(row => row.Claim, (Guid?)null)
                .SetProperty(row => row.ClaimedUntil, (Instant?)null),
            cancellation);
    }

    /// <summary>Each text in a scope of its own: what a failed one left half done must not be saved with the next.</summary>
    private async Task Send<T>(IRequest<T> command, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(command, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Text {InboundTextId} could not be understood, attempt {Attempt}")]
    private static partial void LogFailed(ILogger logger, Exception failure, long inboundTextId, int attempt);
}
