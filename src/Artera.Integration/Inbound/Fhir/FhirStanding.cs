using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>How a FHIR feed's server tells us of changes, and when it was asked last.</summary>
/// <param name="Subscription">The status of the Subscriptions that we keep, the worst of several; null when we keep none.</param>
/// <param name="EndsAt">When the first of them ends; null: not by itself.</param>
/// <param name="PolledAt">When the last poll came to its end; null when none has, or none is asked for.</param>
/// <param name="Polls">Whether it is polled at all.</param>
public sealed record FhirStanding(string? Subscription, Instant? EndsAt, Instant? PolledAt, bool Polls)
{
    public static async Task<Dictionary<string, FhirStanding>> All(IntegrationDb db, FeedBook feeds, CancellationToken cancellation)
    {
        var told = feeds.All.Where(feed => feed.Options.Fhir is not null).ToList();
        if (told.Count == 0)
            return [];
        var subscriptions = (await db.Set<FhirSubscription>().AsNoTracking().ToListAsync(cancellation)).ToLookup(row => row.Feed, StringComparer.Ordinal);
        var polls = (await db.Set<FhirPoll>().AsNoTracking().Select(poll => new { poll.Feed, poll.EndedAt }).ToListAsync(cancellation)).ToLookup(poll => poll.Feed, StringComparer.Ordinal);
        return told.ToDictionary(feed => feed.Name, feed => Of(feed.Options.Fhir!, [.. subscriptions[feed.Name]], polls[feed.Name].Max(poll => poll.EndedAt)), StringComparer.Ordinal);
    }

    private static FhirStanding Of(FhirOptions fhir, IReadOnlyList<FhirSubscription> known, Instant? polledAt)
    {
        var kept = fhir.Subscription.Create == FhirSubscriptionForm.None ? [] : known;
        var worst = kept.FirstOrDefault(row => row.Status != "active") ?? (kept.Count > 0 ? kept[0] : null);
        return new(worst?.Status, kept.Min(row => row.EndsAt), fhir.PollEvery is null ? null : polledAt, fhir.PollEvery is not null);
    }
}
