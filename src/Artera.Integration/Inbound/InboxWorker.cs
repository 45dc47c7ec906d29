using Artera.Integration.Data;
using Mediator;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Inbound;

/// <summary>
/// Has kept messages applied, in the order of their arrival in a lane, lanes at the same time. Several messages share a
/// transaction; when one of them throws, they are done again one by one, so that it fails alone. One worker is enough for
/// messages that come one by one; when more wait than one takes in a turn, the others help.
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
    private const int First = 0;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>How long a message waits for others after a turn that left none: a turn has its price, however many share it.</summary>
    private static readonly TimeSpan ForCompany = TimeSpan.FromMilliseconds(20);

    private readonly InboxSignal help = new();
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
                if (await Round(worker, cancellation))
                    continue;
                if (worker == First)
                    await Task.Delay(ForCompany, TimeProvider.System, cancellation);
                await (worker == First ? signal : help).Wait(Poll, cancellation);
            }
            catch (Exception trouble) when (!cancellation.IsCancellationRequested)
            {
                LogTrouble(trouble.GetType().Name);
                await Task.Delay(Poll, TimeProvider.System, cancellation);
            }
        }
    }

    /// <returns>True when there is more to do at once.</returns>
    private async Task<bool> Round(int worker, CancellationToken cancellation)
    {
        var (lanes, oldest) = await Look(cancellation);
        meter.Oldest = oldest;
        var take = turns.Next(oldest);
        var shares = Shares(lanes, take);
        if (shares.Length > 1)
            help.Raise();
        var moreWait = false;
        for (var turn = 0; turn < shares.Length; turn++)
            moreWait |= await Together(shares[(turn + (worker * shares.Length / options.Value.Workers)) % shares.Length], take, cancellation);
        return moreWait;
    }

    /// <summary>As many as workers have something to do: each has lanes of its own.</summary>
    private int[][] Shares(int[] lanes, int take)
    {
        var workers = gate.LetsOthersWrite ? Math.Clamp(pressure.Waiting / take, 1, options.Value.Workers) : 1;
        return lanes.Length == 0 ? [] : [.. lanes.Chunk((int)((lanes.Length + workers - 1) / workers))];
    }

    /// <returns>True when there is more to do at once.</returns>
    private async Task<bool> Together(int[] lanes, int take, CancellationToken cancellation)
    {
        var some = new ApplyMessages(lanes, take);
        try
        {
            var applied = await Send(some, cancellation);
            turns.Was(TimeProvider.System.GetElapsedTime(some.BeganToWrite), applied);
            pressure.TakenUp(applied);
            return applied > 0 && some.MoreWait;
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            return await OneByOne(lanes, take, cancellation) > 0;
        }
    }

    private async Task<int> OneByOne(int[] lanes, int most, CancellationToken cancellation)
    {
        for (var done = 0; done < most; done++)
        {
            var one = new ApplyMessages(lanes, Take: 1);
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

    private async Task<(int[] Lanes, double Oldest)> Look(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (lanes, oldest) = await scope.ServiceProvider.GetRequiredService<InboxQueue>().Look(cancellation);
        return (lanes, oldest is { } since ? (time.Now() - since).TotalSeconds : 0);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Id} failed and will be tried again: {Error}")]
    private partial void LogFailed(long id, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages cannot be applied at the moment: {Error}")]
    private partial void LogTrouble(string error);
}
