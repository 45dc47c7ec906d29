using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Artera.Integration.Demo.Fhir;

/// <summary>How the stand-in notifies: once, and never again when nobody takes it.</summary>
internal sealed partial class FhirStandIn
{
    private readonly HttpClient hook = new();
    private int events;

    /// <summary>True: counters are texts, and the status says so in the words of R4B.</summary>
    public bool CountsInTexts { get; set; }

    /// <summary>How many heartbeats follow each event.</summary>
    public int HeartbeatsAfterEach { get; set; }

    /// <summary>Tells a subscriber that a resource has changed; what it refers to is left to be looked up.</summary>
    /// <returns>False when the subscriber did not take it; it is not tried again.</returns>
    public async Task<bool> Notify(Uri subscriber, string secret, string reference, CancellationToken cancellation = default)
    {
        var number = Interlocked.Increment(ref events);
        var taken = await Post(subscriber, secret, Bundle(Status("event-notification", number, reference), Now(reference)), cancellation);
        for (var beat = 0; beat < HeartbeatsAfterEach; beat++)
            await Post(subscriber, secret, Bundle(Status("heartbeat", number, null)), cancellation);
        return taken;
    }

    private async Task<bool> Post(Uri subscriber, string secret, JsonNode body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, subscriber) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/fhir+json") };
        request.Headers.TryAddWithoutValidation("Authorization", secret);
        using var response = await hook.SendAsync(request, cancellation);
        return response.IsSuccessStatusCode;
    }

    private JsonObject Status(string type, int number, string? focus)
    {
        var counter = number.ToString(CultureInfo.InvariantCulture);
        if (CountsInTexts)
        {
            return new()
            {
                ["resourceType"] = "SubscriptionStatus",
                ["status"] = "active",
                ["type"] = type,
                ["eventsSinceSubscriptionStart"] = counter,
                ["subscription"] = Reference("Subscription/stand-in"),
                ["notificationEvent"] = focus is null ? new JsonArray() : new JsonArray(new JsonObject { ["eventNumber"] = counter, ["focus"] = Reference(focus) }),
            };
        }

        var parameters = new JsonArray(
            new JsonObject { ["name"] = "subscription", ["valueReference"] = Reference("Subscription/stand-in") },
            new JsonObject { ["name"] = "type", ["valueCode"] = type },
            new JsonObject { ["name"] = "events-since-subscription-start", ["valueString"] = counter });
        if (focus is not null)
        {
            parameters.Add((JsonNode)new JsonObject
            {
                ["name"] = "notification-event",
                ["part"] = new JsonArray(
                    new JsonObject { ["name"] = "event-number", ["valueString"] = counter },
                    new JsonObject { ["name"] = "focus", ["valueReference"] = Reference(focus) }),
            });
        }

        return new() { ["resourceType"] = "Parameters", ["parameter"] = parameters };
    }

    private static JsonObject Reference(string reference) => new() { ["reference"] = reference };

    private static JsonObject Bundle(params IEnumerable<JsonNode> resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["id"] = Guid.NewGuid().ToString(),
        ["type"] = "history",
        ["entry"] = new JsonArray([.. resources.Select(resource => new JsonObject { ["resource"] = resource })]),
    };
}
