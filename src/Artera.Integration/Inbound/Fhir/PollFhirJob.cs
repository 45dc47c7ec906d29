using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Looks which polls are due, and runs them: on one node, feeds side by side.</summary>
[DisallowConcurrentExecution]
internal sealed partial class PollFhirJob(IServiceScopeFactory scopes, FeedBook feeds, FeedRounds rounds, TimeProvider time, ILogger<PollFhirJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await rounds.Run(
        [.. feeds.All.Where(feed => feed.Options.Fhir?.PollEvery is not null)], Work, cancellationToken);

    private async Task Work(Feed feed, CancellationToken cancellation)
    {
        await using var look = scopes.CreateAsyncScope();
        var polls = await look.ServiceProvider.GetRequiredService<IntegrationDb>().Set<FhirPoll>().AsNoTracking()
            .Where(poll => poll.Feed == feed.Name).ToDictionaryAsync(poll => poll.Search, StringComparer.Ordinal, cancellation);
        foreach (var search in PollPlan.SearchesOf(feed))
        {
            var poll = polls.GetValueOrDefault(search);
            if (poll is null || poll.DueAt <= time.Now())
                await Run(feed, PollPlan.Of(feed, search, poll?.Watermark, time.Now()), isFirst: poll?.Watermark is null, cancellation);
        }
    }

    private async Task Run(Feed feed, PollPlan plan, bool isFirst, CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<PollRound>().Run(feed, plan, isFirst, cancellation);
        }
        catch (Exception trouble) when (!cancellation.IsCancellationRequested)
        {
            LogTrouble(feed.Name, plan.Search.Split('?')[0], trouble.GetType().Name);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ISender>().Send(
                new KeepPolled(feed.Name, [], Quiet: false, new(plan.Search, null, new FhirAnswer(FhirOutcome.Down, Why: trouble.GetType().Name))), cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The poll of {Feed} for {Type} broke off, it is tried again: {Error}")]
    private partial void LogTrouble(string feed, string type, string error);
}
