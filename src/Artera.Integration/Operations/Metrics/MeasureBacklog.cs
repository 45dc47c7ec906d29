using Artera.Integration.Data;
using Artera.Integration.Feeds;

namespace Artera.Integration.Operations.Metrics;

/// <summary>Counts the backlog every quarter of a minute, so that a scrape asks the database nothing.</summary>
internal sealed partial class MeasureBacklog(IServiceScopeFactory scopes, FeedBook feeds, BacklogMeter meter, TimeProvider time, ILogger<MeasureBacklog> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                meter.Now(await Backlog.Count(scope.ServiceProvider.GetRequiredService<IntegrationDb>(), feeds, time.Now(), stoppingToken));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                NotCounted(failure.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The backlog could not be counted: {Failure}")]
    private partial void NotCounted(string failure);
}
