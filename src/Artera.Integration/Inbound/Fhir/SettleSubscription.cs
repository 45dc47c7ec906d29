using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Notes what was seen of a Subscription, and when to look again.</summary>
internal sealed record SettleSubscription(string Feed, string Criteria, SubscriptionSeen Seen) : IRequest<FhirSubscription>;

internal sealed class SettleSubscriptionHandler(IntegrationDb db, FeedBook feeds, TimeProvider time) : IRequestHandler<SettleSubscription, FhirSubscription>
{
    public async ValueTask<FhirSubscription> Handle(SettleSubscription request, CancellationToken cancellationToken)
    {
        var (seen, now) = (request.Seen, time.Now());
        var row = await db.Set<FhirSubscription>().SingleOrDefaultAsync(known => known.Feed == request.Feed && known.Criteria == request.Criteria, cancellationToken);
        if (row is null)
            db.Add(row = new() { Feed = request.Feed, Criteria = request.Criteria });
        var isWell = seen is { Status: "active", Trouble: null };
        row.Attempts = isWell ? 0 : row.Attempts + 1;
        (row.ServerId, row.Status, row.EndsAt) = (seen.ServerId, seen.Status, seen.EndsAt ?? row.EndsAt);
        row.Trouble = seen.Trouble;
        row.TroubleSince = seen.Trouble is null ? null : row.TroubleSince ?? now;
        var every = Duration.FromTimeSpan(feeds.Find(request.Feed)?.Options.Fhir?.Subscription.CheckEvery ?? TimeSpan.FromMinutes(5));
        var next = RetryPolicy.After(Failure.Transient, Math.Max(1, row.Attempts), seen.AskedFor, int.MaxValue).Pause;
        row.DueAt = now + (isWell || (seen.AskedFor is null && next > every) ? every : next);
        return row;
    }
}
