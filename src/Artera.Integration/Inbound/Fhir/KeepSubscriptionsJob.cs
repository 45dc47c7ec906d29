using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Quartz;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Looks which Subscriptions it is time to look at: on one node, feeds side by side.</summary>
[DisallowConcurrentExecution]
internal sealed partial class KeepSubscriptionsJob(IServiceScopeFactory scopes, FeedBook feeds, FeedRounds rounds, TimeProvider time, ILogger<KeepSubscriptionsJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await rounds.Run(
        [.. feeds.All.Where(feed => feed.Options.Fhir is { Subscription.Create: not FhirSubscriptionForm.None })], Work, cancellationToken);

    private async Task Work(Feed feed, CancellationToken cancellation)
    {
        await using var look = scopes.CreateAsyncScope();
        var rows = await look.ServiceProvider.GetRequiredService<IntegrationDb>().Set<FhirSubscription>().AsNoTracking()
            .Where(row => row.Feed == feed.Name).ToDictionaryAsync(row => row.Criteria, StringComparer.Ordinal, cancellation);
        foreach (var criteria in SubscriptionForm.CriteriaOf(feed.Options.Fhir!.Subscription).Distinct(StringComparer.Ordinal))
        {
            var row = rows.GetValueOrDefault(criteria);
            if (row is null || row.DueAt <= time.Now())
                await Keep(feed, criteria, row, cancellation);
        }
    }

    private async Task Keep(Feed feed, string criteria, FhirSubscription? row, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var seen = await See(scope.ServiceProvider.GetRequiredService<SubscriptionUpkeep>(), feed, criteria, row, cancellation);
        var kept = await scope.ServiceProvider.GetRequiredService<ISender>().Send(new SettleSubscription(feed.Name, criteria, seen), cancellation);
        if (kept.Trouble is not null)
            LogTrouble(feed.Name, kept.ServerId, kept.Trouble);
        else if (kept.Status != row?.Status || kept.EndsAt != row?.EndsAt)
            LogKept(feed.Name, kept.ServerId, kept.Status, kept.EndsAt);
    }

    private static async Task<SubscriptionSeen> See(SubscriptionUpkeep upkeep, Feed feed, string criteria, FhirSubscription? row, CancellationToken cancellation)
    {
        try
        {
            return await upkeep.Of(feed, criteria, row, cancellation);
        }
        catch (Exception trouble) when (!cancellation.IsCancellationRequested)
        {
            return new(row?.ServerId, row?.Status, null, trouble.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Subscription {Id} of {Feed} is in trouble, it is looked at again: {Why}")]
    private partial void LogTrouble(string feed, string? id, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The Subscription {Id} of {Feed} is {Status}, until {End}")]
    private partial void LogKept(string feed, string? id, string? status, Instant? end);
}
