using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>
/// Has kept messages applied, in the order of their arrival in a lane, lanes at the same time. Several messages share a
/// transaction; when one of them throws, they are done again one by one, so that it fails alone.
/// </summary>
internal sealed partial class InboxWorker(
    IServiceScopeFactory scopes,
    InboxSignal signal,
    InboundMeter meter,
    WriteGate gate,
    IOptions<InboundOptions> options,
    TimeProvider time,
    ILogger<InboxWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    // Where there is one writer, the next in line waits for the end of a turn.
    private readonly int mostAtOnce = gate.LetsOthersWrite ? 128 : 64;
    private readonly TimeSpan longestTurn = TimeSpan.FromMilliseconds(gate.LetsOthersWrite ? 500 : 50);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Value.Apply
        ? Task.WhenAll(Enumerable.Range(0, gate.LetsOthersWrite ? options.Value.Workers : 1).Select(worker => Work(worker, stoppingToken)))
        : Task.CompletedTask;

    private async Task Work(int worker, CancellationToken cancellation)
    {
        await Task.Yield();
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (!await Round(worker, cancellation))
                    await signal.Wait(Poll, cancellation);
            }
            catch (Exception trouble) when (!cancellation.IsCancellationRequested)
            {
                LogTrouble(trouble.GetType().Name);
                await signal.Wait(Poll, cancellation);
            }
        }
    }

    /// <returns>False when there is nothing to do.</returns>
    private async Task<bool> Round(int worker, CancellationToken cancellation)
    {
        var (lanes, oldest) = await Look(cancellation);
        meter.Oldest = oldest;
        var applied = 0;
        for (var turn = 0; turn < lanes.Count; turn++)
            applied += await Together(lanes[(turn + (worker * lanes.Count / options.Value.Workers)) % lanes.Count], ShortestTurn(oldest), cancellation);
        if (applied > mostAtOnce / 2)
            signal.Raise();
        return applied > 0;
    }

    /// <summary>Arriving messages go first, but the further we are behind, the less.</summary>
    private static TimeSpan ShortestTurn(double secondsBehind) => TimeSpan.FromMilliseconds(Math.Clamp(1 + secondsBehind, 1, 15));

    private async Task<int> Together(int? lane, TimeSpan shortestTurn, CancellationToken cancellation)
    {
        try
        {
            return await Send(new ApplyMessages(lane, mostAtOnce, shortestTurn, longestTurn), cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            return await OneByOne(lane, cancellation);
        }
    }

    private async Task<int> OneByOne(int? lane, CancellationToken cancellation)
    {
        for (var done = 0; done < mostAtOnce; done++)
        {
            var one = new ApplyMessages(lane, Take: 1, longestTurn, longestTurn);
            try
            {
                if (await Send(one, cancellation) == 0)
                    return done;
            }
            catch (Exception error) when (one.Current is not null && !cancellation.IsCancellationRequested)
            {
                await Send(new FailMessage(one.Current.Value, error.GetType().Name), cancellation);
                LogFailed(one.Current.Value, error.GetType().Name);
            }
        }

        return mostAtOnce;
    }

    private async Task<T> Send<T>(IRequest<T> command, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IntegrationDb>().DoNotWaitForTheDisk(cancellation);
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(command, cancellation);
    }

    private async Task<(List<int?> Lanes, double Oldest)> Look(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (lanes, first) = await scope.ServiceProvider.GetRequiredService<InboxQueue>().Look(cancellation);
        var oldest = first is null ? null : await scope.ServiceProvider.GetRequiredService<IntegrationDb>().Set<InboxMessage>()
            .Where(message => message.Id == first).Select(message => (Instant?)message.ReceivedAt).FirstOrDefaultAsync(cancellation);
        return (lanes, oldest is { } since ? (time.Now() - since).TotalSeconds : 0);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Id} failed and will be tried again: {Error}")]
    private partial void LogFailed(long id, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages cannot be applied at the moment: {Error}")]
    private partial void LogTrouble(string error);
}
