using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.AspNetCore.Http.Extensions;

namespace Artera.Integration.Demo.Fhir;

/// <summary>What can be searched for at the stand-in, page by page.</summary>
internal sealed partial class FhirStandIn
{
    public int PageSize { get; set; } = 2;

    private IResult Search(string type, HttpRequest request)
    {
        var terms = request.Query.SelectMany(parameter => parameter.Value.Select(value => (parameter.Key, value!)));
        return Page([.. OfType(type).Where(resource => terms.All(term => Matches(resource, term.Key, term.Item2)))], 0, $"{request.QueryString.Value}&_type={type}");
    }

    /// <summary>As HAPI has it: the next page is at the server's address itself.</summary>
    private IResult NextPage(HttpRequest request)
    {
        var query = Encoding.UTF8.GetString(Convert.FromBase64String(request.Query["_getpages"]!));
        var terms = HttpUtility.ParseQueryString(query);
        lock (door)
        {
            var found = OfType(terms["_type"]!).Where(resource => terms.AllKeys
                .Where(key => key != "_type").All(key => terms.GetValues(key)!.All(value => Matches(resource, key!, value))));
            return Page([.. found], int.Parse(request.Query["_offset"]!, CultureInfo.InvariantCulture), query);
        }
    }

    private IResult Page(List<JsonObject> found, int from, string query)
    {
        var page = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset", ["total"] = found.Count };
        if (from + PageSize < found.Count)
        {
            var next = new QueryBuilder { { "_getpages", Convert.ToBase64String(Encoding.UTF8.GetBytes(query)) }, { "_offset", (from + PageSize).ToString(CultureInfo.InvariantCulture) } };
            page["link"] = new JsonArray(new JsonObject { ["relation"] = "next", ["url"] = Base + next.ToQueryString() });
        }

        page["entry"] = new JsonArray([.. found.Skip(from).Take(PageSize).Select(resource => new JsonObject { ["resource"] = resource })]);
        return Json(page.ToJsonString());
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
}
