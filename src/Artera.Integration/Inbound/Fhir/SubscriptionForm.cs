using System.Text.Json.Nodes;
using Artera.Integration.Feeds;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Writes a Subscription: as R4 has it, or in R4's form as the R5 backport has it.</summary>
internal static class SubscriptionForm
{
    private const string Backport = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-";

    public static IEnumerable<string> CriteriaOf(FhirSubscriptionOptions options) =>
        options.Create == FhirSubscriptionForm.None ? [] : options.Criteria.Length > 0 ? options.Criteria : ["Appointment?"];

    public static JsonObject Of(FhirSubscriptionOptions options, string criteria, Instant now)
    {
        var channel = new JsonObject { ["type"] = "rest-hook", ["endpoint"] = options.Endpoint };
        var subscription = new JsonObject
        {
            ["resourceType"] = "Subscription",
            ["status"] = "requested",
            ["reason"] = "Messages to patients about their appointments",
            ["criteria"] = criteria,
            ["channel"] = channel,
        };
        if (options.Create == FhirSubscriptionForm.Topic)
            AddTopic(options, subscription, channel);
        else if (options.Payload == FhirPayload.Full)
            channel["payload"] = "application/fhir+json";
        if (options is { Secret: { Length: > 0 } secret, SignatureSecret: null or "" })
            channel["header"] = new JsonArray($"{options.Header}: {secret}");
        End(options, subscription, now);
        return subscription;
    }

    /// <summary>The same as it is at the server, asked for once more; what we do not know of it stays.</summary>
    public static JsonObject Again(FhirSubscriptionOptions options, JsonObject known, Instant now)
    {
        var again = known.DeepClone().AsObject();
        again["status"] = "requested";
        again.Remove("error");
        End(options, again, now);
        return again;
    }

    private static void End(FhirSubscriptionOptions options, JsonObject subscription, Instant now)
    {
        if (options.Lifetime is { } lifetime)
            subscription["end"] = PollPlan.Text(now + Duration.FromTimeSpan(lifetime));
    }

    private static void AddTopic(FhirSubscriptionOptions options, JsonObject subscription, JsonObject channel)
    {
        subscription["meta"] = new JsonObject { ["profile"] = new JsonArray(Backport + "subscription") };
        if (options.Filters.Length > 0)
            subscription["_criteria"] = Extensions([.. options.Filters.Select(filter => Extension("filter-criteria", "valueString", filter))]);
        if (options.Heartbeat is { } heartbeat)
            channel["extension"] = new JsonArray(Extension("heartbeat-period", "valueUnsignedInt", (int)Math.Max(1, heartbeat.TotalSeconds)));
        channel["payload"] = "application/fhir+json";
        channel["_payload"] = Extensions(Extension("payload-content", "valueCode", options.Payload switch
        {
            FhirPayload.Full => "full-resource",
            FhirPayload.IdOnly => "id-only",
            _ => "empty",
        }));
    }

    private static JsonObject Extensions(params JsonNode[] all) => new() { ["extension"] = new JsonArray(all) };

    private static JsonObject Extension(string name, string type, JsonNode value) => new() { ["url"] = Backport + name, [type] = value };
}
