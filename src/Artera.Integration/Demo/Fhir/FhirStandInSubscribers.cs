using System.Net;
using System.Text.Json.Nodes;

namespace Artera.Integration.Demo.Fhir;

/// <summary>The Subscriptions that are made at the stand-in, and whom it tells by them.</summary>
internal sealed partial class FhirStandIn
{
    private const string PayloadContent = "payload-content";

    private int made;

    /// <summary>
    /// False: a Subscription stays as it is put there. True: one that is requested is shaken hands with where it has a topic,
    /// then it is active, and its subscriber hears of every change; one who does not take the handshake has it in error.
    /// </summary>
    public bool Activates { get; set; }

    /// <summary>How many notifications nobody took; none is sent again.</summary>
    public int Lost { get; private set; }

    /// <summary>Tells all subscribers that a resource has changed, each as its Subscription says.</summary>
    public async Task Tell(string reference, CancellationToken cancellation = default)
    {
        foreach (var subscription in All("Subscription").Where(each => Text(each, "status") == "active"))
        {
            if (!await Tell(subscription, reference, cancellation))
                Lost++;
        }
    }

    /// <summary>Says that the Subscriptions live, and no more than that.</summary>
    public async Task Beat(CancellationToken cancellation = default)
    {
        foreach (var subscription in All("Subscription").Where(each => Text(each, "status") == "active" && ContentOf(each) is not null))
            await Post(subscription, Bundle(Status("heartbeat", events, null, ReferenceOf(subscription))), cancellation);
    }

    private void MapSubscriptions()
    {
        app.MapPost("/r4/Subscription", Create);
        app.MapPut("/r4/Subscription/{id}", Update);
    }

    private Task<bool> Tell(JsonObject subscription, string reference, CancellationToken cancellation)
    {
        if (ContentOf(subscription) is not { } content)
            return Post(subscription, subscription["channel"]?["payload"] is null ? null : Now(reference), cancellation);
        var number = Interlocked.Increment(ref events);
        var status = Status("event-notification", number, content == "empty" ? null : reference, ReferenceOf(subscription));
        return Post(subscription, content == "full-resource" ? Bundle(status, Now(reference)) : Bundle(status), cancellation);
    }

    private async Task<IResult> Create(HttpRequest request)
    {
        var subscription = (await JsonNode.ParseAsync(request.Body))!.AsObject();
        lock (door)
        {
            subscription["id"] = $"s{++made}";
            subscription = Stamp(subscription);
        }

        Begin(subscription);
        return Json(subscription.ToJsonString(), HttpStatusCode.Created);
    }

    private async Task<IResult> Update(string id, HttpRequest request)
    {
        var subscription = (await JsonNode.ParseAsync(request.Body))!.AsObject();
        lock (door)
        {
            if (!resources.TryGetValue($"Subscription/{id}", out var known))
                return Results.NotFound();
            if (request.Headers.IfMatch.ToString() is { Length: > 0 } version && version != $"W/\"{VersionOf(known)}\"")
                return Results.StatusCode((int)HttpStatusCode.PreconditionFailed);
            subscription = Stamp(subscription);
        }

        Begin(subscription);
        return Json(subscription.ToJsonString());
    }

    /// <summary>After the answer: what is asked for begins later than it is asked for.</summary>
    private void Begin(JsonObject subscription)
    {
        if (Activates && Text(subscription, "status") == "requested")
            _ = Task.Run(() => Activate(ReferenceOf(subscription)));
    }

    private async Task Activate(string reference)
    {
        var subscription = Now(reference).AsObject();
        var taken = ContentOf(subscription) is null || await Post(subscription, Bundle(Status("handshake", events, null, reference)), CancellationToken.None);
        Edit(reference, each => each["status"] = taken ? "active" : "error");
    }

    /// <returns>empty, id-only or full-resource; null where the Subscription has no topic.</returns>
    private static string? ContentOf(JsonObject subscription) => subscription["channel"]?["_payload"]?["extension"] is JsonArray extensions
        ? extensions.FirstOrDefault(each => Text(each!.AsObject(), "url")!.EndsWith(PayloadContent, StringComparison.Ordinal))?["valueCode"]?.GetValue<string>()
        : null;

    private Task<bool> Post(JsonObject subscription, JsonNode? body, CancellationToken cancellation)
    {
        var channel = subscription["channel"]!.AsObject();
        var header = channel["header"]?[0]?.GetValue<string>().Split(": ", 2);
        return Post(new Uri(Text(channel, "endpoint")!), header?[1] ?? "", body, cancellation);
    }

    private static string? Text(JsonObject json, string name) => json[name]?.GetValue<string>();
}
