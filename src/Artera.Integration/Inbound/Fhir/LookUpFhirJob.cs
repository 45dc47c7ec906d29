using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Artera.Integration.Mapping.Fhir;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>
/// Looks which notifications wait for the resources that they name, fetches those, and has them journalled. On one node;
/// of each feed in the order of arrival, feeds side by side.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class LookUpFhirJob(IServiceScopeFactory scopes, FeedBook feeds, FeedRounds rounds, TimeProvider time, ILogger<LookUpFhirJob> log) : IJob
{
    private const int MostAtOnce = 50;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await rounds.Run(
        [.. feeds.All.Where(feed => feed.Options.Fhir is not null)], Work, cancellationToken);

    private async Task Work(Feed feed, CancellationToken cancellation)
    {
        var now = time.Now();
        await using var look = scopes.CreateAsyncScope();
        var waiting = await look.ServiceProvider.GetRequiredService<IntegrationDb>().Set<InboxMessage>().AsNoTracking()
            // By the index of what is no longer new.
            .Where(row => row.State != InboxState.Received && row.State == InboxState.Waiting && row.Feed == feed.Name && (row.RetryAt == null || row.RetryAt <= now))
            .OrderBy(row => row.Id).Take(MostAtOnce).ToListAsync(cancellation);
        // What they all refer to is fetched once in a round.
        var lookUp = look.ServiceProvider.GetRequiredService<FhirLookUp>();
        FhirFound? searched = null;
        foreach (var row in waiting)
        {
            await using var scope = scopes.CreateAsyncScope();
            // What says only that something happened is answered by one search for all that had come before it.
            var isEmpty = FhirNotification.Read(row.Raw).IsEmpty;
            var found = isEmpty && searched is { Trouble: null } ? searched : await Find(lookUp, feed, row, cancellation);
            searched = isEmpty ? found : searched;
            await scope.ServiceProvider.GetRequiredService<ISender>().Send(new KeepResources(row.Id, found), cancellation);
        }
    }

    /// <summary>Our own trouble with one notification is no reason for the others to wait.</summary>
    private async Task<FhirFound> Find(FhirLookUp lookUp, Feed feed, InboxMessage row, CancellationToken cancellation)
    {
        try
        {
            return await lookUp.Of(feed, FhirNotification.Read(row.Raw), row.ReceivedAt, cancellation);
        }
        catch (Exception trouble) when (!cancellation.IsCancellationRequested)
        {
            LogTrouble(row.Id, trouble.GetType().Name);
            return new([], new FhirAnswer(FhirOutcome.Down, Why: trouble.GetType().Name));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What notification {Id} names could not be looked up, it is tried again: {Error}")]
    private partial void LogTrouble(long id, string error);
}
