using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Artera.Integration.Tests.Harness;

/// <summary>A FHIR server that can be searched by _lastUpdated and date, page by page, and that keeps what is put there, Subscriptions too.</summary>
internal sealed class FhirSearchStandIn : IAsyncDisposable
{
    private readonly Lock door = new();
    private readonly Dictionary<string, JsonObject> resources = new(StringComparer.Ordinal);
    private readonly List<string> asked = [];
    private readonly WebApplication app;
    private int made;

    private FhirSearchStandIn()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Use(Refuse);
        app.MapGet("/r4", Page);
        app.MapGet("/r4/{type}", Search);
        app.MapGet("/r4/{type}/{id}", Read);
        app.MapPost("/r4/Subscription", Create);
        app.MapPut("/r4/Subscription/{id}", Update);
    }

    public string Base => app.Urls.First() + "/r4";

    public int PageSize { get; set; } = 2;

    /// <summary>What it answers instead, by the request's method, path and query; null lets the request through.</summary>
    public Func<HttpRequest, IResult?> Refusing { get; set; } = _ => null;

    public List<string> Asked
    {
        get
        {
            lock (door)
                return [.. asked];
        }
    }

    public static async Task<FhirSearchStandIn> Start()
    {
        var emr = new FhirSearchStandIn();
        await emr.app.StartAsync();
        return emr;
    }

    /// <summary>Puts a new version of it there.</summary>
    public void Put(string json, DateTimeOffset? lastUpdated = null)
    {
        var resource = JsonNode.Parse(json)!.AsObject();
        lock (door)
            Keep(resource, lastUpdated ?? DateTimeOffset.UtcNow);
    }

    public void Delete(string reference)
    {
        lock (door)
            resources.Remove(reference);
    }

    public List<JsonObject> All(string type)
    {
        lock (door)
            return [.. resources.Values.Where(resource => TypeOf(resource) == type).Select(resource => resource.DeepClone().AsObject())];
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static string TypeOf(JsonObject resource) => resource["resourceType"]!.GetValue<string>();

    private JsonObject Keep(JsonObject resource, DateTimeOffset at)
    {
        var reference = $"{TypeOf(resource)}/{resource["id"]!.GetValue<string>()}";
        var version = resources.TryGetValue(reference, out var before) ? int.Parse(before["meta"]!["versionId"]!.GetValue<string>(), CultureInfo.InvariantCulture) + 1 : 1;
        resource["meta"] = new JsonObject
        {
            ["versionId"] = version.ToString(CultureInfo.InvariantCulture),
            ["lastUpdated"] = at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
        };
        return resources[reference] = resource;
    }

    private async Task Refuse(HttpContext context, Func<Task> next)
    {
        lock (door)
            asked.Add($"{context.Request.Method} {context.Request.Path.Value!["/r4".Length..].TrimStart('/')}{context.Request.QueryString}");
        if (Refusing(context.Request) is { } refusal)
            await refusal.ExecuteAsync(context);
        else
            await next();
    }

    private IResult Read(string type, string id)
    {
        lock (door)
            return resources.TryGetValue($"{type}/{id}", out var resource) ? Json(resource) : Results.NotFound();
    }

    private IResult Search(string type, HttpRequest request)
    {
        lock (door)
        {
            var found = resources.Values.Where(resource => TypeOf(resource) == type && request.Query.All(parameter => parameter.Value.All(value => Matches(resource, parameter.Key, value!))));
            return Bundle([.. found], 0, request.QueryString.Value + "&_type=" + type);
        }
    }

    /// <summary>As HAPI has it: the next page is at the server's address itself.</summary>
    private IResult Page(HttpRequest request)
    {
        var query = Encoding.UTF8.GetString(Convert.FromBase64String(request.Query["_getpages"]!));
        var terms = System.Web.HttpUtility.ParseQueryString(query);
        lock (door)
        {
            var found = resources.Values.Where(resource => TypeOf(resource) == terms["_type"]
                && terms.AllKeys.Where(key => key != "_type").All(key => terms.GetValues(key)!.All(value => Matches(resource, key!, value))));
            return Bundle([.. found], int.Parse(request.Query["_offset"]!, CultureInfo.InvariantCulture), query);
        }
    }

    private IResult Bundle(List<JsonObject> found, int from, string query)
    {
        var page = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset", ["total"] = found.Count };
        if (from + PageSize < found.Count)
        {
            var next = new QueryBuilder { { "_getpages", Convert.ToBase64String(Encoding.UTF8.GetBytes(query)) }, { "_offset", (from + PageSize).ToString(CultureInfo.InvariantCulture) } };
            page["link"] = new JsonArray(new JsonObject { ["relation"] = "next", ["url"] = Base + next.ToQueryString() });
        }

        page["entry"] = new JsonArray([.. found.Skip(from).Take(PageSize).Select(resource => new JsonObject { ["resource"] = resource.DeepClone() })]);
        return Json(page);
    }

    private static bool Matches(JsonObject resource, string parameter, string value) => parameter switch
    {
        "_lastUpdated" => At(resource["meta"]!["lastUpdated"]!) >= Time(value),
        "date" when value.StartsWith("ge", StringComparison.Ordinal) => At(resource["start"]!) >= Time(value),
        "date" => At(resource["start"]!) < Time(value),
        "url" => resource["channel"]?["endpoint"]?.GetValue<string>() == value,
        _ => true,
    };

    private static DateTimeOffset At(JsonNode value) => DateTimeOffset.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string value) => DateTimeOffset.Parse(value[2..], CultureInfo.InvariantCulture);

    private async Task<IResult> Create(HttpRequest request)
    {
        var subscription = (await JsonNode.ParseAsync(request.Body))!.AsObject();
        lock (door)
        {
            subscription["id"] = $"s{++made}";
            return Results.Text(Keep(subscription, DateTimeOffset.UtcNow).ToJsonString(), "application/fhir+json", Encoding.UTF8, (int)HttpStatusCode.Created);
        }
    }

    private async Task<IResult> Update(string id, HttpRequest request)
    {
        var subscription = (await JsonNode.ParseAsync(request.Body))!.AsObject();
        lock (door)
        {
            if (!resources.TryGetValue($"Subscription/{id}", out var known))
                return Results.NotFound();
            if (request.Headers.IfMatch.ToString() is { Length: > 0 } version && version != $"W/\"{known["meta"]!["versionId"]!.GetValue<string>()}\"")
                return Results.StatusCode((int)HttpStatusCode.PreconditionFailed);
            return Json(Keep(subscription, DateTimeOffset.UtcNow));
        }
    }

    private static IResult Json(JsonObject resource) => Results.Text(resource.ToJsonString(), "application/fhir+json", Encoding.UTF8);
}
