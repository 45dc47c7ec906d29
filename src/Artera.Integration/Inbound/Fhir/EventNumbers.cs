using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Fhir;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Counts a feed's events, and notes which have not come. In the transaction that looks at their notification.</summary>
internal sealed partial class EventNumbers(IntegrationDb db, TimeProvider time, ILogger<EventNumbers> log)
{
    /// <summary>True when a notification without resources is looked at too, for its number.</summary>
    public static bool AreWatched(Feed feed) => feed.Options.Fhir is { BaseUrl: not null, Subscription.Recover: not FhirRecovery.Off };

    public async Task Count(Feed feed, FhirNotification said, CancellationToken cancellation)
    {
        if (!AreWatched(feed) || said.Subscription is not { Length: > 0 } reference)
            return;
        var name = Intake.Column(string.Join('/', reference.Split('/')[^Math.Min(2, reference.Split('/').Length)..]));
        var counter = await db.Set<FhirCounter>().SingleOrDefaultAsync(row => row.Feed == feed.Name && row.Subscription == name, cancellation);
        if (EventCount.After(said, counter?.Seen) is not { } count)
            return;
        if (counter is null)
            db.Add(new FhirCounter { Feed = feed.Name, Subscription = name, Seen = count.Seen });
        else
            counter.Seen = count.Seen;
        foreach (var number in count.Late)
            await Fill(feed, name, number, cancellation);
        if (count is { First: { } first, Last: { } last })
            Open(feed, name, first, last);
    }

    private void Open(Feed feed, string name, long first, long last)
    {
        var now = time.Now();
        db.Add(new FhirGap
        {
            Feed = feed.Name,
            Subscription = name,
            First = first,
            Last = last,
            SeenAt = now,
            DueAt = now + Duration.FromTimeSpan(feed.Options.Fhir!.Subscription.RecoverAfter),
        });
        LogGap(feed.Name, name, first, last);
    }

    /// <summary>One that was missed came after all: late, or overtaken by the next.</summary>
    private async Task Fill(Feed feed, string name, long number, CancellationToken cancellation)
    {
        var gap = await db.Set<FhirGap>().FirstOrDefaultAsync(
            row => row.Feed == feed.Name && row.Subscription == name && row.First <= number && row.Last >= number, cancellation);
        if (gap is null)
            return;
        if (gap.First == gap.Last)
            db.Remove(gap);
        else if (gap.First == number)
            gap.First++;
        else if (gap.Last == number)
            gap.Last--;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events {First} to {Last} of {Feed}'s {Subscription} have not come")]
    private partial void LogGap(string feed, string subscription, long first, long last);
}
