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
internal sealed class RecoverEventsJob(IServiceScopeFactory scopes, FeedBook feeds, FhirClient client, TimeProvider time) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var now = time.Now();
        await using var look = scopes.CreateAsyncScope();
        var gaps = await look.ServiceProvider.GetRequiredService<IntegrationDb>().Set<FhirGap>().AsNoTracking()
            .Where(gap => gap.DueAt <= now).OrderBy(gap => gap.Id).ToListAsync(cancellationToken);
        foreach (var gap in gaps)
        {
            var answer = feeds.Find(gap.Feed) is { } feed ? await Ask(feed, gap, cancellationToken) : default(FhirAnswer?);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ISender>().Send(new RecoverEvents(gap.Id, answer), cancellationToken);
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
