using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Reads the visits that are about to be reminded of, several at a time, on one node, feeds side by side.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ReadVisitsJob(IServiceScopeFactory scopes, FeedBook feeds, FeedRounds rounds, TimeProvider time, ILogger<ReadVisitsJob> log) : IJob
{
    private const int MostAtOnce = 8;
    private const int Most = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await rounds.Run(
        [.. feeds.All.Where(feed => feed.Options.Fhir is { ReadBeforeReminder: true, BaseUrl: not null })], Work, cancellationToken);

    private async Task Work(Feed feed, CancellationToken cancellation)
    {
        var now = time.Now();
        await using var look = scopes.CreateAsyncScope();
        var due = await look.ServiceProvider.GetRequiredService<IntegrationDb>().Set<FhirRead>().AsNoTracking()
            .Where(row => row.Feed == feed.Name && row.AnsweredAt == null && row.DueAt <= now && row.GiveUpAt > now).OrderBy(row => row.DueAt).Take(Most).ToListAsync(cancellation);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellation }, async (row, stop) => await Read(row, stop));
    }

    private async Task Read(FhirRead row, CancellationToken cancellation)
    {
        var (version, trouble) = await Ask(row, cancellation);
        if (trouble is { } why)
            LogTrouble(row.AppointmentId, row.Feed, why.Why);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(new SettleRead(row.Id, version, trouble), cancellation);
    }

    private async Task<(InboxMessage? Version, FhirAnswer? Trouble)> Ask(FhirRead row, CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return feeds.Find(row.Feed) is { Options.Fhir.BaseUrl: not null } feed
                ? await scope.ServiceProvider.GetRequiredService<VisitReading>().Of(feed, row.AppointmentId, cancellation)
                : default;
        }
        catch (Exception trouble) when (!cancellation.IsCancellationRequested)
        {
            return (null, new FhirAnswer(FhirOutcome.Down, Why: trouble.GetType().Name));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Appointment {Id} of {Feed} could not be read before its reminder: {Why}")]
    private partial void LogTrouble(long id, string feed, string? why);
}
