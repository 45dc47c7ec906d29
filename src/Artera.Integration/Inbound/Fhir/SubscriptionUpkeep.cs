using System.Text.Json;
using System.Text.Json.Nodes;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Feeds.Fhir;
using Artera.Integration.Mapping.Fhir;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>A Subscription as it is now.</summary>
/// <param name="ServerId">Null when there is none.</param>
/// <param name="Trouble">Why nothing is to be expected of it; null when it is active, or asked for a moment ago.</param>
internal sealed record SubscriptionSeen(string? ServerId, string? Status, Instant? EndsAt, string? Trouble, Duration? AskedFor = null);

/// <summary>
/// Looks at a Subscription of ours, makes it where there is none, renews it before its end, and asks for it again when the
/// server has given it up. One that was made and not noted down is found by our address.
/// </summary>
internal sealed class SubscriptionUpkeep(FhirClient client, TimeProvider time)
{
    /// <summary>So often it may be found still in <c>requested</c>: some servers leave it there for ever.</summary>
    private const int MostRequested = 5;

    public async Task<SubscriptionSeen> Of(Feed feed, string criteria, FhirSubscription? row, CancellationToken cancellation)
    {
        if (row?.ServerId is { } id)
        {
            var answer = await client.Get(feed, $"Subscription/{id}", cancellation);
            if (Read(answer) is { } known)
                return await Keep(feed, known, row, cancellation);
            if (answer.Outcome != FhirOutcome.Gone)
                return Trouble(id, row.Status, answer);
        }

        var (found, down) = await Find(feed, criteria, cancellation);
        if (down is { } outage)
            return Trouble(null, null, outage);
        return found is null ? await Create(feed, criteria, cancellation) : await Keep(feed, found, row, cancellation);
    }

    private async Task<(JsonObject? Found, FhirAnswer? Down)> Find(Feed feed, string criteria, CancellationToken cancellation)
    {
        var endpoint = feed.Options.Fhir!.Subscription.Endpoint!;
        var answer = await client.Get(feed, $"Subscription?url={Uri.EscapeDataString(endpoint)}", cancellation);
        if (answer.Outcome == FhirOutcome.Down)
            return (null, answer);
        var matches = answer.Outcome == FhirOutcome.Found ? FhirCollection.Matches(answer.Body, out _) ?? [] : [];
        return (matches.Select(match => JsonNode.Parse(match.Span) as JsonObject).OfType<JsonObject>()
            .Where(known => Text(known, "id") is not null && Text(known, "criteria") == criteria && Text(known["channel"] as JsonObject, "endpoint") == endpoint)
            .OrderBy(known => Text(known, "status") == "active" ? 0 : 1).FirstOrDefault(), null);
    }

    private async Task<SubscriptionSeen> Create(Feed feed, string criteria, CancellationToken cancellation)
    {
        var wanted = SubscriptionForm.Of(feed.Options.Fhir!.Subscription, criteria, time.Now());
        var answer = await client.Send(feed, new(HttpMethod.Post, "Subscription", Bytes(wanted)), cancellation);
        if (answer.Outcome != FhirOutcome.Found)
            return Trouble(null, null, answer);
        var made = Read(answer);
        return (Text(made, "id") ?? IdOf(answer.Location)) is { } id
            ? new(id, Text(made, "status") ?? "requested", EndOf(made ?? wanted), null)
            : new(null, null, null, "created-without-id");
    }

    private async Task<SubscriptionSeen> Keep(Feed feed, JsonObject known, FhirSubscription? row, CancellationToken cancellation)
    {
        var options = feed.Options.Fhir!.Subscription;
        var (id, status, now) = (Text(known, "id")!, Text(known, "status"), time.Now());
        var isOver = status is "error" or "off";
        var isStuck = status == "requested" && row?.Attempts >= MostRequested;
        var ends = EndOf(known) is { } end && options.Lifetime is not null && end - Duration.FromTimeSpan(options.RenewBefore) <= now;
        if (!isOver && !isStuck && !ends)
            return new(id, status, EndOf(known), status == "requested" ? row?.Trouble : null);

        var again = SubscriptionForm.Again(options, known, now);
        var version = Text(known["meta"] as JsonObject, "versionId") is { } number ? $"W/\"{number}\"" : null;
        var answer = await client.Send(feed, new(HttpMethod.Put, $"Subscription/{id}", Bytes(again), version), cancellation);
        if (answer.Outcome == FhirOutcome.Gone)
            return new(null, null, null, "gone");
        if (answer.Outcome != FhirOutcome.Found)
            return Trouble(id, status, answer);
        // What was given up is trouble until it is seen active again: it may be given up again at once.
        var kept = Read(answer) ?? again;
        return new(id, Text(kept, "status"), EndOf(kept), isOver ? status : isStuck ? "stays-requested" : null);
    }

    private static SubscriptionSeen Trouble(string? id, string? status, FhirAnswer answer) => new(id, status, null, answer.Why ?? "unreadable", answer.AskedFor);

    private static JsonObject? Read(FhirAnswer answer)
    {
        try
        {
            return answer.Outcome == FhirOutcome.Found && answer.Body.Length > 0
                && JsonNode.Parse(answer.Body.Span) is JsonObject json && Text(json, "resourceType") == "Subscription" ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json);

    private static string? Text(JsonObject? json, string name) => json?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static Instant? EndOf(JsonObject json) =>
        Text(json, "end") is { } text && OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true, Value: var end } ? end.ToInstant() : null;

    private static string? IdOf(string? location)
    {
        var parts = location?.Split('/') ?? [];
        var at = Array.LastIndexOf(parts, "Subscription");
        return at >= 0 && at + 1 < parts.Length ? parts[at + 1] : null;
    }
}
