using System.Globalization;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Artera.Integration.Mapping.Fhir;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Looks which missing events have not come by themselves, and asks the server for them.</summary>
[DisallowConcurrentExecution]
internal sealed class RecoverEventsJob(IServiceScopeFactory scopes, FeedBook feeds, FeedRounds rounds, FhirClient client, TimeProvider time) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await rounds.Run(
        [.. feeds.All.Where(feed => feed.Options.Fhir is not null)], Work, cancellationToken);

    private async Task Work(Feed feed, CancellationToken cancellation)
    {
        var now = time.Now();
        await using var look = scopes.CreateAsyncScope();
        var gaps = await look.ServiceProvider.GetRequiredService<IntegrationDb>().Set<FhirGap>().AsNoTracking()
            .Where(gap => gap.Feed == feed.Name && gap.DueAt <= now).OrderBy(gap => gap.Id).ToListAsync(cancellation);
        foreach (var gap in gaps)
        {
            var answer = await Ask(feed, gap, cancellation);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ISender>().Send(new RecoverEvents(gap.Id, answer), cancellation);
        }
    }

    private async Task<FhirAnswer?> Ask(Feed feed, FhirGap gap, CancellationToken cancellation)
    {
        if (feed.Options.Fhir?.Subscription.Recover != FhirRecovery.Events || !gap.Subscription.StartsWith("Subscription/", StringComparison.Ordinal))
            return null;
        var content = feed.Options.Fhir.Subscription.Payload == FhirPayload.Full ? "full-resource" : "id-only";
        var address = string.Create(CultureInfo.InvariantCulture, $"{gap.Subscription}/$events?eventsSinceNumber={gap.First}&eventsUntilNumber={gap.Last}&content={content}");
        var answer = await client.Get(feed, address, cancellation);
        var isHelp = answer.Outcome != FhirOutcome.Found || FhirNotification.Read(answer.Body) is { Kind: FhirNotificationKind.Event, IsEmpty: false };
        return isHelp ? answer : new(FhirOutcome.Refused, Why: "no-events");
    }
}
