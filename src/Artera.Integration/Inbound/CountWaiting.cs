using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Inbound;

/// <summary>Counts, each second while there is something, what waits to be applied, as far as it matters to the senders and the workers.</summary>
internal sealed partial class CountWaiting(IServiceScopeFactory scopes, Pressure pressure, IOptions<InboundOptions> options, ILogger<CountWaiting> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>In so many seconds once, as long as this node has kept nothing that still waits.</summary>
    private const int Seldom = 5;

    /// <summary>So many keep every worker busy.</summary>
    private const int Enough = 2000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Apply)
            return;
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        var slowed = false;
        for (var second = 0; await timer.WaitForNextTickAsync(stoppingToken); second++)
        {
            if (pressure.Waiting == 0 && second % Seldom > 0)
                continue;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                pressure.Counted(await Waiting(scope.ServiceProvider.GetRequiredService<IntegrationDb>(), Math.Max(options.Value.MostWaiting * 2, Enough), stoppingToken));
            }
            catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
            {
                LogTrouble(trouble.GetType().Name);
            }

            var slows = pressure.Pause > TimeSpan.Zero;
            if (slows && !slowed)
                LogSlowed(pressure.Waiting);
            slowed = slows;
        }
    }

    internal static Task<int> Waiting(IntegrationDb db, int most, CancellationToken cancellation) =>
        db.Set<InboxMessage>().Where(message => message.State == InboxState.Received).Select(message => message.Id).Take(most).CountAsync(cancellation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} messages wait to be applied: their senders are slowed until there are fewer (Inbound:MostWaiting)")]
    private partial void LogSlowed(long count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits could not be counted: {Error}")]
    private partial void LogTrouble(string error);
}
