using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using NodaTime.Text;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>Fills <c>{reason}</c>, its siblings and the mapping's own placeholders in what goes to a FHIR server.</summary>
internal sealed partial class FhirWriteBackText(FhirWriteBackTemplate template, FhirWriteBackRequest request, FhirVisitNow? visit)
{
    public static IEnumerable<string> Names(string text) => Placeholder().Matches(text).Select(match => match.Groups["name"].Value);

    /// <summary>A group visit's appointments are kept apart by patient; the EMR knows one.</summary>
    public static string EmrsOwnId(FhirWriteBackRequest request) => request.AppointmentId.EndsWith($"/{request.PatientId}", StringComparison.Ordinal)
        ? request.AppointmentId[..^(request.PatientId.Length + 1)]
        : request.AppointmentId;

    public string Fill(string text) => Placeholder().Replace(text, match => Value(match.Groups["name"].Value));

    public string FillAddress(string text) => Placeholder().Replace(text, match => Uri.EscapeDataString(Value(match.Groups["name"].Value)));

    /// <summary>A placeholder that has no value, so that the address would be another one; null when all have.</summary>
    public string? Lacks(string address) => Names(address).FirstOrDefault(name => Value(name).Length == 0);

    public JsonNode Fill(JsonNode value) => value switch
    {
        JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, entry.Value is null ? null : Fill(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Fill(item))]),
        JsonValue text when text.TryGetValue<string>(out var written) => JsonValue.Create(Fill(written)),
        _ => value.DeepClone(),
    };

    private string Value(string name) => name switch
    {
        "appointment" => EmrsOwnId(request),
        "patient" => request.PatientId,
        "id" => visit?.Message.Id ?? "",
        "start" => visit?.Start is { } start ? InstantPattern.General.Format(start) : "",
        "now" => InstantPattern.General.Format(request.Now),
        "reason" => request.Reason ?? "",
        "answer" => request.Verb.ToString().ToLower(CultureInfo.InvariantCulture),
        _ => visit is not null && template.With.TryGetValue(name, out var expression) ? Read(visit, expression) : "",
    };

    private static string Read(FhirVisitNow visit, FhirExpression expression)
    {
        var root = PocoNode.Root(visit.Message.Focus, null);
        var subject = new FhirSubject(visit.Message, root, new(new Patient(), null, IsWhole: false), null, null);
        return subject.Texts(expression).FirstOrDefault() ?? "";
    }

    [GeneratedRegex(@"\{(?<name>[a-z]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Placeholder();
}
