using System.Collections.Concurrent;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>Sends the answers of one destination one after the other: kept, sent, settled.</summary>
public sealed class SendAnswers(IServiceScopeFactory scopes, EmrWriters writers, TimeProvider time, WriteGate gate, IOptions<WriteBackOptions> options)
{
    private readonly ConcurrentDictionary<string, byte> busy = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>False while this process works on the destination, even if its claim has lapsed by a clock that runs fast.</summary>
    public bool IsIdle(string feed) => !busy.ContainsKey(feed);

    /// <summary>Works on a claimed destination until nothing is due or nobody listens there.</summary>
    public async Task To(EmrDestination destination, CancellationToken cancellation)
    {
        if (!busy.TryAdd(destination.Feed, 0))
            return;
        try
        {
            string? unreachable = null;
            while (unreachable is null && !cancellation.IsCancellationRequested)
            {
                var turn = await Tell(new TakeNextWriteBack(destination.Id, destination.Claim!.Value), cancellation);
                if (!turn.More)
                    break;
                if (turn.Send is not { } outgoing)
                    continue;
                var outcome = await writers.ForFeed(destination.Feed)!.Send(outgoing.Message, cancellation);
                await Tell(new SettleWriteBack(outgoing, outcome), cancellation);
                unreachable = (outcome as WriteOutcome.Unreachable)?.Code;
            }

            await Release(destination, unreachable, cancellation);
        }
        finally
        {
            busy.TryRemove(destination.Feed, out _);
        }
    }

    private async Task<T> Tell<T>(IRequest<T> command, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(command, cancellation);
    }

    private async Task Release(EmrDestination destination, string? unreachable, CancellationToken cancellation)
    {
        var now = time.Now();
        var failures = unreachable is null ? 0 : destination.Failures + 1;
        var due = unreachable is null ? now : now + Pause(failures);
        Instant? downSince = unreachable is null ? null : destination.DownSince ?? now;

        await using var scope = scopes.CreateAsyncScope();
        using var turn = await gate.Enter(cancellation);
        await scope.ServiceProvider.GetRequiredService<IntegrationDb>().Set<EmrDestination>()
            .Where(row => row.Id == destination.Id && row.Claim == destination.Claim)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Failures, failures)
                    .SetProperty(row => row.DueAt, due)
                    .SetProperty(row => row.DownSince, downSince)
                    .SetProperty(row => row.Cause, unreachable)
                    .SetProperty(row => row.Claim, (Guid?)null)
                    .SetProperty(row => row.ClaimedUntil, (Instant?)null),
                cancellation);
    }

    private Duration Pause(int failures) => Duration.Min(
        RetryPolicy.After(Failure.Transient, failures, most: int.MaxValue).Pause,
        Duration.FromTimeSpan(options.Value.LongestDownPause));
}
