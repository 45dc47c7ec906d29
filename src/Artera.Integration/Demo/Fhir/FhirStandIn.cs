using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Artera.Integration.Demo.Fhir;

/// <summary>
/// An EMR's FHIR server that does not exist, for tests and the demo: real HTTP, resources that are put there, tokens that it
/// can take back, and the faults of real servers.
/// </summary>
internal sealed partial class FhirStandIn : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> resources = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> asked = new();
    private readonly bool needsToken;
    private readonly WebApplication app;
    private volatile string token = "t0";
    private int failures;
    private HttpStatusCode failure;

    private FhirStandIn(bool needsToken)
    {
        this.needsToken = needsToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/r4/token", Token);
        app.MapGet("/r4/{**address}", Get);
        MapWrites();
    }

    public string Base => app.Urls.First() + "/r4";

    public IEnumerable<string> Asked => asked;

    public int TokensGiven { get; private set; }

    public string? LastAssertion { get; private set; }

    public static async Task<FhirStandIn> Start(bool needsToken = false)
    {
        var emr = new FhirStandIn(needsToken);
        await emr.app.StartAsync();
        return emr;
    }

    public void Put(string reference, string json) => resources[reference] = json;

    public void Remove(string reference) => resources.TryRemove(reference, out _);

    /// <summary>A resource as the server has it now.</summary>
    public JsonNode Now(string reference) => JsonNode.Parse(resources[reference])!;

    public void Revoke() => token = Guid.NewGuid().ToString("N");

    public void FailNext(HttpStatusCode status, int times) => (failure, failures) = (status, times);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        LastAssertion = form["client_assertion"];
        TokensGiven++;
        return Results.Json(new { access_token = token, token_type = "bearer", expires_in = 300 });
    }

    private static IResult Found(HttpContext context, string json)
    {
        if (VersionOf(json) is { } version)
            context.Response.Headers.ETag = $"W/\"{version}\"";
        return Results.Text(json, "application/fhir+json", Encoding.UTF8);
    }

    private IResult Get(string address, HttpRequest request)
    {
        if (Interlocked.Decrement(ref failures) >= 0)
            return Results.StatusCode((int)failure);
        if (needsToken && request.Headers.Authorization != $"Bearer {token}")
            return Results.Unauthorized();
        asked.Enqueue(address + request.QueryString);
        return resources.TryGetValue(address + request.QueryString, out var json)
            ? Found(request.HttpContext, json)
            : Results.NotFound();
    }
}
