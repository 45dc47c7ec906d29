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

    private async Task<bool> Post(Uri subscriber, string secret, JsonNode? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, subscriber) { Content = new StringContent(body?.ToJsonString() ?? "", Encoding.UTF8, "application/fhir+json") };
        request.Headers.TryAddWithoutValidation("Authorization", secret);
        try
        {
            using var response = await hook.SendAsync(request, cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private JsonObject Status(string type, int number, string? focus, string subscription)
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
                ["subscription"] = Reference(subscription),
                ["notificationEvent"] = focus is null ? new JsonArray() : new JsonArray(new JsonObject { ["eventNumber"] = counter, ["focus"] = Reference(focus) }),
            };
        }

        var parameters = new JsonArray(
            new JsonObject { ["name"] = "subscription", ["valueReference"] = Reference(subscription) },
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
