using System.Collections.Concurrent;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>
/// Sends the answers of a destination one after the other: kept, sent, settled. Destinations are worked on side by
/// side, so that an EMR that does not answer keeps no other waiting.
/// </summary>
public sealed partial class SendAnswers(
    IServiceScopeFactory scopes,
    EmrWriters writers,
    TimeProvider time,
    WriteGate gate,
    IOptions<WriteBackOptions> options,
    ILogger<SendAnswers> log) : IHostedService, IDisposable
{
    private static readonly Duration LongestAskedFor = Duration.FromHours(1);

    private readonly ConcurrentDictionary<string, Task> busy = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource giveUp = new();

    /// <summary>False while this process works on the destination, even if its claim has lapsed by a clock that runs fast.</summary>
    public bool IsIdle(string feed) => !busy.TryGetValue(feed, out var work) || work.IsCompleted;

    /// <summary>Begins to work on a claimed destination, until nothing is due or nobody listens there.</summary>
    public void Begin(EmrDestination destination) => busy[destination.Feed] = Task.Run(() => Work(destination, giveUp.Token));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes nothing more, and waits a little for the acknowledgements of what is under way.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        giveUp.CancelAfter(options.Value.StopWithin);
        using var hurry = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), giveUp);
        await Task.WhenAll(busy.Values);
    }

    public void Dispose()
    {
        stopping.Dispose();
        giveUp.Dispose();
    }

    private async Task Work(EmrDestination destination, CancellationToken cancellation)
    {
        await using var claim = new KeptClaim<EmrDestination>(scopes, gate, destination, options.Value.Lease, cancellation);
        try
        {
            await Release(destination, await SendAll(destination, claim));
        }
        catch (OperationCanceledException) when (claim.IsLost)
        {
            LogLost(log, destination.Feed);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The server stops; what was under way is sent again under its control id, by whoever comes next.
            await Release(destination, null);
        }
        catch (Exception trouble)
        {
            LogTrouble(log, trouble, destination.Feed);
        }
    }

    /// <summary>Sends what is due, until there is no more, nobody listens, or the server stops.</summary>
    /// <returns>Why nobody could be reached, or null.</returns>
    private async Task<WriteOutcome.Unreachable?> SendAll(EmrDestination destination, KeptClaim<EmrDestination> claim)
    {
        var writer = writers.ForFeed(destination.Feed)!;
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var turn = await Tell(new TakeNextWriteBack(destination.Id, destination.Claim!.Value), claim.Stop);
                if (!turn.More)
                    return null;
                if (turn.Send is not { } outgoing)
                    continue;
                claim.MustHold();
                var outcome = await writer.Send(outgoing.Message, outgoing.MayHaveArrived, request => Keep(outgoing, request, claim), claim.Stop);
                await Tell(new SettleWriteBack(outgoing, outcome), claim.Stop);
                if (outcome is WriteOutcome.Unreachable unreachable)
                    return unreachable;
            }

            return null;
        }
        finally
        {
            if (gate.LetsOthersWrite)
                await writer.HangUp();
        }
    }

    private async Task Keep(Outgoing outgoing, byte[] request, KeptClaim<EmrDestination> claim)
    {
        claim.MustHold();
        await Tell(new KeepRequest(outgoing.Id, request), claim.Stop);
        claim.MustHold();
    }

    private async Task<T> Tell<T>(IRequest<T> command, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(command, cancellation);
    }

    private async Task Release(EmrDestination destination, WriteOutcome.Unreachable? unreachable)
    {
        var now = time.Now();
        var failures = unreachable is null ? 0 : destination.Failures + 1;
        var due = unreachable is null ? now : now + Pause(failures, unreachable.AskedFor);
        var cause = unreachable?.Code;
        Instant? downSince = unreachable is null ? null : destination.DownSince ?? now;

        await using var scope = scopes.CreateAsyncScope();
        using var turn = await gate.Enter(CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<IntegrationDb>().Set<EmrDestination>()
            .Where(row => row.Id == destination.Id && row.Claim == destination.Claim)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Failures, failures)
                    .SetProperty(row => row.DueAt, due)
                    .SetProperty(row => row.DownSince, downSince)
                    .SetProperty(row => row.Cause, cause)
                    .SetProperty(row => row.Claim, (Guid?)null)
                    .SetProperty(row => row.ClaimedUntil, (Instant?)null),
                CancellationToken.None);
    }

    /// <summary>An EMR that says when to come again is not asked before, but not forgotten for a day either.</summary>
    private Duration Pause(int failures, Duration? askedFor)
    {
        var own = Duration.Min(RetryPolicy.After(Failure.Transient, failures, most: int.MaxValue).Pause, Duration.FromTimeSpan(options.Value.LongestDownPause));
        return askedFor is { } asked ? Duration.Max(own, Duration.Min(asked, LongestAskedFor)) : own;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Write-back of feed {Feed} is another node's by now, or soon may be; this one stops")]
    private static partial void LogLost(ILogger log, string feed);

    [LoggerMessage(Level = LogLevel.Error, Message = "Write-back of feed {Feed} broke off; it goes on when its claim has lapsed")]
    private static partial void LogTrouble(ILogger log, Exception trouble, string feed);
}
