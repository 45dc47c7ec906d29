using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Artera.Integration.Mapping.Fhir;
using Mediator;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>
/// One poll from its first page to its last. Each page is kept as it comes; only when all are here the poll moves on, so that
/// whatever breaks off in between is asked for again.
/// </summary>
internal sealed partial class PollRound(
    IServiceScopeFactory scopes, FhirClient client, FhirLookUp lookUp, VisitReading visits, TimeProvider time, ILogger<PollRound> log)
{
    private readonly HashSet<string> answered = new(StringComparer.Ordinal);
    private Instant? began;
    private int news;

    public async Task Run(Feed feed, PollPlan plan, bool isFirst, CancellationToken cancellation)
    {
        var trouble = await Walk(feed, plan, isFirst, cancellation);
        var (missed, unread) = trouble is null && plan.Window is { } window
            ? await visits.Missing(feed, window, answered, cancellation)
            : ([], null);
        var outage = trouble ?? (unread is { Outcome: FhirOutcome.Down } ? unread : null);
        var type = plan.Search.Split('?')[0];
        await Keep(feed, missed, isFirst, new(plan.Search, outage is null ? began ?? time.Now() : null, outage ?? unread), cancellation);
        if (outage is { } why)
            LogTrouble(feed.Name, type, why.Why);
        else if (news > 0)
            LogNews(feed.Name, type, news);
    }

    private async Task<FhirAnswer?> Walk(Feed feed, PollPlan plan, bool isFirst, CancellationToken cancellation)
    {
        foreach (var address in plan.Addresses)
        {
            var pages = new HashSet<string>(StringComparer.Ordinal);
            for (string? next = address; next is not null;)
            {
                if (!pages.Add(next))
                    return new(FhirOutcome.Refused, Why: "pages-in-a-ring");
                var answer = await client.Get(feed, next, cancellation);
                if (answer.Outcome != FhirOutcome.Found)
                    return answer;
                if (FhirCollection.Matches(answer.Body, out next) is not { } matches)
                    return new(FhirOutcome.Refused, Why: "unreadable");
                began ??= answer.At ?? time.Now();
                var (versions, trouble) = await Versions(feed, matches, cancellation);
                await Keep(feed, versions, isFirst, null, cancellation);
                if (trouble is not null)
                    return trouble;
            }
        }

        return null;
    }

    private async Task<(List<InboxMessage> Versions, FhirAnswer? Trouble)> Versions(Feed feed, IReadOnlyList<ReadOnlyMemory<byte>> matches, CancellationToken cancellation)
    {
        var versions = new List<InboxMessage>();
        foreach (var resource in await Unknown(feed, [.. matches.Select(match => FhirMessage.TryRead(match, out _)).OfType<FhirMessage>()], cancellation))
        {
            var (whole, trouble) = await lookUp.Whole(feed, resource, time.Now(), cancellation);
            if (trouble is not null)
                return (versions, trouble);
            versions.Add(FhirIntake.Resource(feed, whole, time.Now()));
        }

        return (versions, null);
    }

    private async Task<IEnumerable<FhirMessage>> Unknown(Feed feed, List<FhirMessage> page, CancellationToken cancellation)
    {
        answered.UnionWith(page.Select(resource => resource.Reference));
        await using var scope = scopes.CreateAsyncScope();
        var known = await scope.ServiceProvider.GetRequiredService<IntegrationDb>().KnownOf(feed, page, cancellation);
        return page.Where(resource => !known.Contains(FhirIntake.Column(resource.Version)));
    }

    private async Task Keep(Feed feed, List<InboxMessage> versions, bool quiet, PollEnd? end, CancellationToken cancellation)
    {
        if (versions.Count == 0 && end is null)
            return;
        await using var scope = scopes.CreateAsyncScope();
        news += await scope.ServiceProvider.GetRequiredService<ISender>().Send(new KeepPolled(feed.Name, versions, quiet, end), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The poll of {Feed} for {Type} did not come to its end: {Why}")]
    private partial void LogTrouble(string feed, string type, string? why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The poll of {Feed} for {Type} brought {Count} versions that nobody had told of")]
    private partial void LogNews(string feed, string type, int count);
}
