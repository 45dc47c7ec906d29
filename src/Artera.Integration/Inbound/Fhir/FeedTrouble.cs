using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Why less comes in from a FHIR feed than should.</summary>
/// <param name="Feed">Whose.</param>
/// <param name="Kind"><c>poll</c>, <c>subscription</c>, <c>gap</c> or <c>quiet</c>.</param>
/// <param name="What">Which search or Subscription; null where there is only one.</param>
/// <param name="Cause">A code, such as <c>http-403</c>; null where the kind says all.</param>
/// <param name="Since">Since when.</param>
public sealed record FeedTrouble(string Feed, string Kind, string? What, string? Cause, Instant Since)
{
    /// <summary>For people.</summary>
    public string InWords => Kind switch
    {
        "poll" => $"Asking the server for {What} fails since {Since}: {Cause}",
        "subscription" => $"The Subscription {What} is in trouble since {Since}: {Cause}",
        "gap" => $"Missing events of {What} cannot be recovered since {Since}: {Cause}",
        _ => $"No notification has come since {Since}, although by its habit many should have",
    };

    public static async Task<IReadOnlyList<FeedTrouble>> All(IntegrationDb db, FeedBook feeds, CancellationToken cancellation)
    {
        var polls = await db.Set<FhirPoll>().AsNoTracking().Where(poll => poll.Trouble != null).ToListAsync(cancellation);
        var subscriptions = await db.Set<FhirSubscription>().AsNoTracking().Where(row => row.Trouble != null).ToListAsync(cancellation);
        var gaps = await db.Set<FhirGap>().AsNoTracking().Where(gap => gap.Trouble != null).ToListAsync(cancellation);
        var quiet = await db.Set<FhirSilence>().AsNoTracking().ToListAsync(cancellation);
        return
        [
            .. polls.Where(poll => feeds.Find(poll.Feed) is { Options.Fhir.PollEvery: not null } feed && PollPlan.SearchesOf(feed).Contains(poll.Search, StringComparer.Ordinal)).Select(poll => new FeedTrouble(poll.Feed, "poll", poll.Search.Split('?')[0], poll.Trouble, poll.TroubleSince!.Value)),
            .. subscriptions.Where(row => feeds.Find(row.Feed)?.Options.Fhir is { } fhir && SubscriptionForm.CriteriaOf(fhir.Subscription).Contains(row.Criteria, StringComparer.Ordinal)).Select(row => new FeedTrouble(row.Feed, "subscription", row.ServerId ?? row.Criteria.Split('?')[0], row.Trouble, row.TroubleSince!.Value)),
            .. gaps.Where(gap => feeds.Find(gap.Feed)?.Options.Fhir is not null).Select(gap => new FeedTrouble(gap.Feed, "gap", gap.Subscription, gap.Trouble, gap.SeenAt)),
            .. quiet.Where(row => feeds.Find(row.Feed)?.Options.Fhir is not null).Select(row => new FeedTrouble(row.Feed, "quiet", null, null, row.Since)),
        ];
    }
}

/// <summary>Degraded while a FHIR feed is in trouble: what is kept is safe, but more should come.</summary>
internal sealed class FeedTroubleHealth(IServiceScopeFactory scopes, FeedBook feeds) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var all = await FeedTrouble.All(scope.ServiceProvider.GetRequiredService<IntegrationDb>(), feeds, cancellationToken);
        return all.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Join("; ", all.Select(one => $"{one.Feed}: {one.Kind} {one.Cause} since {one.Since}")));
    }
}
