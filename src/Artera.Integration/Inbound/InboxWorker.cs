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
    Pressure pressure,
    WriteGate gate,
    IOptions<InboundOptions> options,
    TimeProvider time,
    ILogger<InboxWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly TurnLength turns = new(gate);

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
        var (take, length) = turns.Next(oldest);
        for (var turn = 0; turn < lanes.Count; turn++)
            applied += await Together(lanes[(turn + (worker * lanes.Count / options.Value.Workers)) % lanes.Count], take, length, cancellation);
        if (applied > take / 2)
            signal.Raise();
        return applied > 0;
    }

    private async Task<int> Together(int? lane, int take, TimeSpan length, CancellationToken cancellation)
    {
        var some = new ApplyMessages(lane, take, length);
        try
        {
            var applied = await Send(some, cancellation);
            turns.Was(TimeProvider.System.GetElapsedTime(some.Started), applied);
            pressure.TakenUp(applied);
            return applied;
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            return await OneByOne(lane, take, length, cancellation);
        }
    }

    private async Task<int> OneByOne(int? lane, int most, TimeSpan length, CancellationToken cancellation)
    {
        for (var done = 0; done < most; done++)
        {
            var one = new ApplyMessages(lane, Take: 1, length);
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

        return most;
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
