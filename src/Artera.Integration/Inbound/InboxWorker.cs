using Artera.Integration.Data;
using Mediator;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Inbound;

/// <summary>
/// Has kept messages applied, in the order of their arrival. Several share a transaction; when one of them throws, they
/// are done again one by one, so that it fails alone.
/// </summary>
internal sealed partial class InboxWorker(
    IServiceScopeFactory scopes, InboxSignal signal, InboundMeter meter, IOptions<InboundOptions> options, TimeProvider time, ILogger<InboxWorker> log)
    : BackgroundService
{
    private const int MostAtOnce = 64;
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.Apply && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await Round(stoppingToken))
                    await signal.Wait(Poll, stoppingToken);
            }
            catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
            {
                LogTrouble(trouble.GetType().Name);
                await signal.Wait(Poll, stoppingToken);
            }
        }
    }

    /// <returns>False when there is nothing to do.</returns>
    private async Task<bool> Round(CancellationToken cancellation)
    {
        var due = await Ask(queue => queue.Due(MostAtOnce, cancellation));
        await OneByOne(due, cancellation);
        var next = await Ask(queue => queue.New(MostAtOnce, cancellation));
        meter.Oldest = next.Count == 0 ? 0 : (time.Now() - next[0].ReceivedAt).TotalSeconds;
        for (var done = 0; done < next.Count;)
            done += await Together(next[done..], ShortestTurn(meter.Oldest), cancellation);
        return next.Count > 0;
    }

    /// <summary>Arriving messages go first, but the further we are behind, the less.</summary>
    private static TimeSpan ShortestTurn(double secondsBehind) => TimeSpan.FromMilliseconds(Math.Clamp(1 + secondsBehind, 1, 15));

    private async Task<int> Together(List<WaitingMessage> messages, TimeSpan shortestTurn, CancellationToken cancellation)
    {
        try
        {
            return await Send(new ApplyMessages([.. messages.Select(message => message.Id)], shortestTurn, LongestTurn), cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            await OneByOne(messages, cancellation);
            return messages.Count;
        }
    }

    private async Task OneByOne(List<WaitingMessage> messages, CancellationToken cancellation)
    {
        var failed = new HashSet<(string, string)>();
        foreach (var message in messages.Where(message => message.PatientKey is null || !failed.Contains((message.Emr, message.PatientKey))))
        {
            try
            {
                await Send(new ApplyMessage(message.Id), cancellation);
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                await Send(new FailMessage(message.Id, error.GetType().Name), cancellation);
                LogFailed(message.Id, error.GetType().Name);
                if (message.PatientKey is { } patient)
                    failed.Add((message.Emr, patient));
            }
        }
    }

    private async Task<T> Send<T>(IRequest<T> command, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IntegrationDb>().DoNotWaitForTheDisk(cancellation);
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(command, cancellation);
    }

    private async Task<T> Ask<T>(Func<InboxQueue, Task<T>> question)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<InboxQueue>());
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Id} failed and will be tried again: {Error}")]
    private partial void LogFailed(long id, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages cannot be applied at the moment: {Error}")]
    private partial void LogTrouble(string error);
}
