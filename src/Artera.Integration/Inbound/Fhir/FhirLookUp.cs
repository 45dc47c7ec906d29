using System.Globalization;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Fhir;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>What a look-up came to: the resources with all that their rules look at, or why there is nothing yet.</summary>
internal sealed record FhirFound(IReadOnlyList<FhirMessage> Resources, FhirAnswer? Trouble = null);

/// <summary>
/// Fetches what a notification only names, and what resources refer to, outside of any transaction. What other patients'
/// resources refer to as well, such as a Location, is kept for a while.
/// </summary>
internal sealed class FhirLookUp(FhirClient client, FhirShelf shelf, TimeProvider time)
{
    /// <summary>References may lead to references; a rule that follows them further than this follows a ring.</summary>
    private const int Rounds = 4;
    private const int MostPages = 200;

    /// <summary>Patients by their references, and when the server gave them: of one round, since those who are kept longer may change behind our backs.</summary>
    private readonly Dictionary<string, FhirAnswer> patients = new(StringComparer.Ordinal);

    public async Task<FhirFound> Of(Feed feed, FhirNotification said, Instant receivedAt, CancellationToken cancellation)
    {
        var found = new List<FhirMessage>();
        foreach (var resource in said.Resources)
        {
            if (FhirMessage.TryRead(resource, out _) is { } read)
                found.Add(read);
        }

        IEnumerable<string> addresses = said.IsEmpty ? Searches(feed, receivedAt) : said.Addresses;
        if (feed.Options.Fhir?.BaseUrl is null)
            return addresses.Any() ? new([], new FhirAnswer(FhirOutcome.Refused, Why: "no-base-url")) : new(found);
        foreach (var address in addresses)
        {
            if (await Fetch(feed, address, found, cancellation) is { } trouble)
                return new([], trouble);
        }

        for (var i = 0; i < found.Count; i++)
        {
            var (whole, trouble) = await Whole(feed, found[i], receivedAt, cancellation);
            if (trouble is not null)
                return new([], trouble);
            found[i] = whole;
        }

        return new(found);
    }

    private static IEnumerable<string> Searches(Feed feed, Instant receivedAt)
    {
        var subscription = feed.Options.Fhir!.Subscription;
        var since = InstantPattern.General.Format(receivedAt - Duration.FromTimeSpan(subscription.LookBack));
        return (subscription.Searches.Length == 0 ? ["Appointment"] : subscription.Searches).Select(search =>
            string.Create(CultureInfo.InvariantCulture, $"{search}{(search.Contains('?', StringComparison.Ordinal) ? '&' : '?')}_lastUpdated=ge{since}"));
    }

    private async Task<FhirAnswer?> Fetch(Feed feed, string address, List<FhirMessage> found, CancellationToken cancellation)
    {
        for (var (next, page) = ((string?)address, 0); next is not null; page++)
        {
            var answer = await client.Get(feed, next, cancellation);
            if (answer.Outcome != FhirOutcome.Found)
                return answer;
            if (page == MostPages || FhirCollection.Matches(answer.Body, out next) is not { } matches)
                return new(FhirOutcome.Refused, Why: page == MostPages ? "too-many-pages" : "unreadable");
            found.AddRange(matches.Select(match => FhirMessage.TryRead(match, out _)).OfType<FhirMessage>());
        }

        return null;
    }

    /// <summary>A resource that refers to what the server does not have or show is complete without it.</summary>
    public async Task<(FhirMessage Resource, FhirAnswer? Trouble)> Whole(Feed feed, FhirMessage resource, Instant receivedAt, CancellationToken cancellation)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var needs = feed.Mapper.Needs(resource, new MappingContext(feed.Zone, receivedAt));
            if (needs.Count == 0)
                break;
            var more = new List<KeyValuePair<string, ReadOnlyMemory<byte>?>>();
            foreach (var reference in needs)
            {
                var answer = await Referred(feed, resource, reference, cancellation);
                if (answer.Outcome == FhirOutcome.Down)
                    return (resource, answer);
                more.Add(new(reference, answer.Outcome == FhirOutcome.Found ? First(answer.Body) : null));
            }

            resource = FhirMessage.TryRead(FhirCollection.With(resource, more), out _)!;
        }

        return (resource, null);
    }

    private async Task<FhirAnswer> Referred(Feed feed, FhirMessage resource, string reference, CancellationToken cancellation)
    {
        if (reference.Contains("Patient", StringComparison.Ordinal))
            return await Patient(feed, resource, reference, cancellation);
        if (shelf.Find(feed.Name, reference, time.Now()) is { } known)
            return new(FhirOutcome.Found, known);
        var answer = await client.Get(feed, reference, cancellation);
        if (answer.Outcome == FhirOutcome.Found)
            shelf.Put(feed.Name, reference, answer.Body, time.Now() + Duration.FromTimeSpan(feed.Options.Fhir!.KeepReferences));
        return answer;
    }

    /// <summary>Whose visit has changed since may have changed too, and is asked for again.</summary>
    private async Task<FhirAnswer> Patient(Feed feed, FhirMessage resource, string reference, CancellationToken cancellation)
    {
        var key = $"{feed.Name} {reference}";
        if (patients.TryGetValue(key, out var known) && known.At is { } at && resource.LastUpdated < at)
            return known;
        var answer = await client.Get(feed, reference, cancellation);
        if (answer.Outcome == FhirOutcome.Found)
            patients[key] = answer;
        return answer;
    }

    /// <summary>A search for an identifier gives a page; more than one match names nobody.</summary>
    private static ReadOnlyMemory<byte>? First(ReadOnlyMemory<byte> body) => FhirCollection.Matches(body, out _) is [var one] ? one : (ReadOnlyMemory<byte>?)null;
}
