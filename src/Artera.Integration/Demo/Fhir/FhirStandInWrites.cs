using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Artera.Integration.Demo.Fhir;

/// <summary>What the stand-in does with appointments that are changed, and what may go wrong with it.</summary>
internal sealed partial class FhirStandIn
{
    private readonly ConcurrentQueue<WriteFault> faults = new();
    private readonly ConcurrentQueue<StandInWrite> writes = new();

    /// <summary>Every request to change something, in order, with the status that it got; 0 when nobody was told.</summary>
    public IEnumerable<StandInWrite> Writes => writes;

    /// <summary>What a change of an older version gets: 412 by the book, 409 at Oracle Health, 500 at some.</summary>
    public HttpStatusCode Stale { get; set; } = HttpStatusCode.PreconditionFailed;

    /// <summary>True: a change without If-Match is refused with 412, as at Oracle Health.</summary>
    public bool NeedsIfMatch { get; set; }

    /// <summary>True: only PATCH changes an appointment, and a participant can be nothing but accepted (422).</summary>
    public bool PatchesOnly { get; set; }

    /// <summary>True: an Appointment can only be read, as at athenahealth.</summary>
    public bool ReadsOnly { get; set; }

    /// <summary>What happens in the EMR just before the next change is taken.</summary>
    public Action? BeforeNextWrite { get; set; }

    /// <summary>What to do once an appointment has changed, such as notifying.</summary>
    public Func<string, Task>? Changed { get; set; }

    /// <summary>Says what goes wrong with the next changes; after that nothing does.</summary>
    public void Script(params ReadOnlySpan<WriteFault> next)
    {
        foreach (var fault in next)
            faults.Enqueue(fault);
    }

    /// <summary>The EMR's own people change an appointment.</summary>
    public void Edit(string reference, Action<JsonNode> change)
    {
        lock (door)
        {
            var resource = Now(reference);
            change(resource);
            Keep(reference, resource);
        }
    }

    private void MapWrites()
    {
        app.MapMethods("/r4/Appointment/{id}", ["PATCH", "PUT"], (string id, HttpContext context) => Write(context, body => Change($"Appointment/{id}", context.Request, body)));
        app.MapPost("/r4/AppointmentResponse", (Delegate)((HttpContext context) => Write(context, body => Respond(context.Request, body))));
        app.MapPut("/v1/{practice}/appointments/{number}/cancel", (string number, HttpContext context) => Write(context, _ => CancelByCall(number)));
    }

    private async Task<IResult> Write(HttpContext context, Func<string, (HttpStatusCode Status, string? Changed)> work)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var fault = faults.TryDequeue(out var scripted) ? scripted : WriteFault.None;
        if (fault is WriteFault.ComeLater or WriteFault.TooMany)
        {
            context.Response.Headers.RetryAfter = "3";
            return Note(context, body, fault == WriteFault.ComeLater ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.TooManyRequests);
        }

        var before = BeforeNextWrite;
        BeforeNextWrite = null;
        before?.Invoke();
        var (status, changed) = work(body);
        if (changed is not null && Changed is { } tell)
            await tell(changed);
        if (fault == WriteFault.AnswersLate)
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        if (fault == WriteFault.FailsAfter)
            return Note(context, body, HttpStatusCode.InternalServerError);
        if (fault is not (WriteFault.DropsAfter or WriteFault.AnswersLate))
            return Note(context, body, status);
        Add(context.Request, body, 0);
        context.Abort();
        return Results.Empty;
    }

    private IResult Note(HttpContext context, string body, HttpStatusCode status)
    {
        Add(context.Request, body, (int)status);
        return Results.StatusCode((int)status);
    }

    private void Add(HttpRequest request, string body, int status) =>
        writes.Enqueue(new(request.Method, request.Path.Value!, request.Headers.IfMatch.ToString(), request.ContentType ?? "", body, status));

    private (HttpStatusCode Status, string? Changed) Change(string reference, HttpRequest request, string body)
    {
        lock (door)
        {
            if (!resources.TryGetValue(reference, out var json))
                return (HttpStatusCode.NotFound, null);
            if (ReadsOnly || (PatchesOnly && request.Method != "PATCH"))
                return (HttpStatusCode.MethodNotAllowed, null);
            var version = request.Headers.IfMatch.ToString();
            if (version.Length == 0 ? NeedsIfMatch : version != $"W/\"{VersionOf(json)}\"")
                return (version.Length == 0 ? HttpStatusCode.PreconditionFailed : Stale, null);
            if (request.Method == "PUT")
                return Keep(reference, JsonNode.Parse(body)!);
            var patched = JsonNode.Parse(json)!;
            var patch = JsonNode.Parse(body)!.AsArray();
            if (PatchesOnly && patch.Any(step => step!["path"]!.GetValue<string>().StartsWith("/participant", StringComparison.Ordinal)))
                return (HttpStatusCode.UnprocessableEntity, null);
            return patch.All(step => Apply(patched, step!)) ? Keep(reference, patched) : (HttpStatusCode.UnprocessableEntity, null);
        }
    }

    private static bool Apply(JsonNode resource, JsonNode step)
    {
        var path = step["path"]!.GetValue<string>().Split('/')[1..];
        var parent = path[..^1].Aggregate((JsonNode?)resource, (node, name) => node is JsonArray list ? list[int.Parse(name, CultureInfo.InvariantCulture)] : node?[name]);
        if (parent is not JsonObject map)
            return false;
        if (step["op"]!.GetValue<string>() == "test")
            return JsonNode.DeepEquals(map[path[^1]], step["value"]);
        map[path[^1]] = step["value"]!.DeepClone();
        return true;
    }

    private (HttpStatusCode Status, string? Changed) Respond(HttpRequest request, string body)
    {
        lock (door)
        {
            var known = $"AppointmentResponse?{request.Headers["If-None-Exist"]}";
            if (resources.ContainsKey(known))
                return (HttpStatusCode.OK, null);
            var response = JsonNode.Parse(body)!;
            resources[known] = body;
            var reference = response["appointment"]!["reference"]!.GetValue<string>();
            var visit = Now(reference);
            var part = visit["participant"]!.AsArray().First(each => each!["actor"]!["reference"]!.GetValue<string>() == response["actor"]!["reference"]!.GetValue<string>());
            part!["status"] = response["participantStatus"]!.GetValue<string>();
            return (HttpStatusCode.Created, Keep(reference, visit).Changed);
        }
    }

    private (HttpStatusCode Status, string? Changed) CancelByCall(string number)
    {
        lock (door)
        {
            if (resources.Keys.FirstOrDefault(key => key.StartsWith("Appointment/", StringComparison.Ordinal) && key.EndsWith($"-{number}", StringComparison.Ordinal)) is not { } reference)
                return (HttpStatusCode.NotFound, null);
            var visit = Now(reference);
            if (visit["status"]!.GetValue<string>() == "cancelled")
                return (HttpStatusCode.BadRequest, null);
            visit["status"] = "cancelled";
            return Keep(reference, visit);
        }
    }

    private (HttpStatusCode Status, string? Changed) Keep(string reference, JsonNode resource)
    {
        if (resource["meta"] is JsonObject meta && meta["versionId"] is { } version)
            meta["versionId"] = (int.Parse(version.GetValue<string>(), CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        if (resource["meta"]?["lastUpdated"] is not null)
            resource["meta"]!["lastUpdated"] = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        resources[reference] = resource.ToJsonString();
        return (HttpStatusCode.OK, reference);
    }
}

/// <summary>One request to change something at the stand-in.</summary>
internal sealed record StandInWrite(string Method, string Path, string IfMatch, string ContentType, string Body, int Status);

/// <summary>What goes wrong with a change.</summary>
internal enum WriteFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is done, and the connection breaks before anybody is told.</summary>
    DropsAfter,

    /// <summary>It is done, and nobody is told for as long as anybody waits.</summary>
    AnswersLate,

    /// <summary>It is done, and 500 is said.</summary>
    FailsAfter,

    /// <summary>503 with Retry-After.</summary>
    ComeLater,

    /// <summary>429 with Retry-After.</summary>
    TooMany,
}
