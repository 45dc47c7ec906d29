using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Artera.Integration.Demo.Fhir;

/// <summary>
/// An EMR's FHIR server that does not exist, for tests and the demo: real HTTP, resources with versions, searches and pages,
/// Subscriptions, tokens that it can take back, and the faults of real servers.
/// </summary>
internal sealed partial class FhirStandIn : IAsyncDisposable
{
    private readonly Lock door = new();
    private readonly Dictionary<string, string> resources = new(StringComparer.Ordinal);
    private readonly List<string> asked = [];
    private readonly bool needsToken;
    private readonly TimeProvider clock;
    private readonly WebApplication app;
    private volatile string token = "t0";
    private int failures;
    private HttpStatusCode failure;

    private FhirStandIn(bool needsToken, TimeProvider clock, X509Certificate2? certificate)
    {
        (this.needsToken, this.clock) = (needsToken, clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (certificate is null)
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        else
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        app = builder.Build();
        app.Use(Refuse);
        app.MapPost("/r4/token", Token);
        app.MapGet("/r4", NextPage);
        app.MapGet("/r4/{**address}", Get);
        MapSubscriptions();
        MapWrites();
    }

    public string Base => app.Urls.First() + "/r4";

    /// <summary>What it answers instead, by the request's method, path and query; null lets the request through.</summary>
    public Func<HttpRequest, IResult?> Refusing { get; set; } = _ => null;

    /// <summary>How long it thinks before it answers anything.</summary>
    public TimeSpan Slowness { get; set; }

    /// <summary>Every request, such as <c>GET Appointment/12</c>, in order.</summary>
    public List<string> Asked
    {
        get
        {
            lock (door)
                return [.. asked];
        }
    }

    public int TokensGiven { get; private set; }

    public string? LastAssertion { get; private set; }

    /// <param name="needsToken">Whether nothing is shown without a token.</param>
    /// <param name="clock">What its versions are stamped with.</param>
    /// <param name="certificate">With TLS, when there is one.</param>
    public static async Task<FhirStandIn> Start(bool needsToken = false, TimeProvider? clock = null, X509Certificate2? certificate = null)
    {
        var emr = new FhirStandIn(needsToken, clock ?? TimeProvider.System, certificate);
        await emr.app.StartAsync();
        return emr;
    }

    /// <summary>A resource as it shall be, version and all.</summary>
    public void Put(string reference, string json)
    {
        lock (door)
            resources[reference] = json;
    }

    /// <summary>Puts a new version of a resource there.</summary>
    public void Put(string json, DateTimeOffset? lastUpdated = null)
    {
        lock (door)
            Stamp(JsonNode.Parse(json)!.AsObject(), lastUpdated);
    }

    public void Delete(string reference)
    {
        lock (door)
            resources.Remove(reference);
    }

    /// <summary>A resource as the server has it now.</summary>
    public JsonNode Now(string reference)
    {
        lock (door)
            return JsonNode.Parse(resources[reference])!;
    }

    public List<JsonObject> All(string type)
    {
        lock (door)
            return [.. OfType(type)];
    }

    public void Revoke() => token = Guid.NewGuid().ToString("N");

    public void FailNext(HttpStatusCode status, int times) => (failure, failures) = (status, times);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        hook.Dispose();
    }

    private static string? VersionOf(string json) => JsonNode.Parse(json)?["meta"]?["versionId"]?.GetValue<string>();

    private static string ReferenceOf(JsonObject resource) => $"{resource["resourceType"]!.GetValue<string>()}/{resource["id"]!.GetValue<string>()}";

    private IEnumerable<JsonObject> OfType(string type) => resources
        .Where(each => each.Key.StartsWith(type + "/", StringComparison.Ordinal))
        .Select(each => JsonNode.Parse(each.Value)!.AsObject());

    private JsonObject Stamp(JsonObject resource, DateTimeOffset? at = null)
    {
        var reference = ReferenceOf(resource);
        var version = resources.TryGetValue(reference, out var before) && VersionOf(before) is { } known ? int.Parse(known, CultureInfo.InvariantCulture) + 1 : 1;
        resource["meta"] = new JsonObject
        {
            ["versionId"] = version.ToString(CultureInfo.InvariantCulture),
            ["lastUpdated"] = (at ?? clock.GetUtcNow()).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
        };
        resources[reference] = resource.ToJsonString();
        return resource;
    }

    private async Task Refuse(HttpContext context, Func<Task> next)
    {
        var request = context.Request;
        var address = $"{request.Method} {request.Path.Value!.Replace("/r4", "", StringComparison.Ordinal).TrimStart('/')}{request.QueryString}";
        lock (door)
            asked.Add(address);
        if (Slowness > TimeSpan.Zero)
            await Task.Delay(Slowness, TimeProvider.System, context.RequestAborted);
        // By its own clock, as its versions are.
        context.Response.Headers.Date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var isToken = request.Path == "/r4/token";
        if (!isToken && needsToken && request.Headers.Authorization != $"Bearer {token}")
            await Results.Unauthorized().ExecuteAsync(context);
        else if (!isToken && HttpMethods.IsGet(request.Method) && Interlocked.Decrement(ref failures) >= 0)
            await Results.StatusCode((int)failure).ExecuteAsync(context);
        else if (Refusing(request) is { } refusal)
            await refusal.ExecuteAsync(context);
        else
            await next();
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        LastAssertion = form["client_assertion"];
        TokensGiven++;
        return Results.Json(new { access_token = token, token_type = "bearer", expires_in = 300 });
    }

    private IResult Get(string address, HttpRequest request)
    {
        lock (door)
        {
            if (resources.TryGetValue(address + request.QueryString, out var json))
                return Found(request.HttpContext, json);
            return address.Contains('/', StringComparison.Ordinal) ? Results.NotFound() : Search(address, request);
        }
    }

    private static IResult Found(HttpContext context, string json)
    {
        if (VersionOf(json) is { } version)
            context.Response.Headers.ETag = $"W/\"{version}\"";
        return Json(json);
    }

    private static IResult Json(string json, HttpStatusCode status = HttpStatusCode.OK) => Results.Text(json, "application/fhir+json", Encoding.UTF8, (int)status);
}
