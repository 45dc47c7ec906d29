using Hl7.Fhir.Model;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>Names, telephone numbers, addresses and languages: the best of several, by use, rank, period and preference.</summary>
internal static class FhirContacts
{
    private static readonly string[] Uses = ["official", "usual", "", "temp", "nickname", "anonymous", "maiden"];

    /// <summary>Contact points that are in use, by rank; a primitive is taken as it is.</summary>
    public static IEnumerable<FhirValue> Of(List<PocoNode> nodes, FhirSubject subject, params string[] systems) => nodes
        .Select(node => (Node: node, Point: node.Poco as ContactPoint))
        .Where(entry => entry.Point is null || (IsInUse(entry.Point, subject) && systems.Contains(FhirStatus.Code(entry.Point.SystemElement) ?? systems[0])))
        .OrderBy(entry => entry.Point is null ? 0 : entry.Point.RankElement?.JsonValue is int rank ? rank : int.MaxValue)
        .SelectMany(entry => entry.Point is { } point ? One(point.Value) : One(entry.Node.GetValue() is { } value ? $"{value}" : null));

    /// <summary>
    /// What Patient.communication says: the preferred language, or the only one. Several of which none is preferred say
    /// nothing. Of each, every code and then its words.
    /// </summary>
    public static IEnumerable<FhirValue> Languages(List<PocoNode> nodes, FhirSubject subject)
    {
        var spoken = nodes.Select(node => node.Poco).OfType<Patient.CommunicationComponent>().ToList();
        if (spoken.Count == 0)
            return nodes.SelectMany(node => node.Poco is CodeableConcept concept ? Of(concept) : FhirValues.Plain(node, subject));
        var best = spoken.FindAll(language => language.PreferredElement?.JsonValue is true or "true");
        return (best.Count, spoken.Count) switch
        {
            ( > 0, _) => Of(best[0].Language),
            (_, 1) => Of(spoken[0].Language),
            _ => [],
        };
    }

    /// <summary>Of several names the best first; anything else in its order.</summary>
    public static IEnumerable<PocoNode> Names(List<PocoNode> nodes, FhirSubject subject) => nodes.Exists(node => node.Poco is HumanName)
        ? nodes.Where(node => node.Poco is HumanName name && IsInUse(name, subject)).OrderBy(node => Order((HumanName)node.Poco))
        : nodes;

    public static HumanName? Best(List<HumanName> names) => names.Where(name => FhirStatus.Code(name.UseElement) != "old").MinBy(Order);

    public static string? Whole(HumanName? name)
    {
        if (name is null)
            return null;
        var parts = string.Join(' ', name.Given.Append(name.Family).Where(part => !string.IsNullOrWhiteSpace(part)));
        return parts.Length > 0 ? parts : name.Text;
    }

    private static int Order(HumanName name) => Array.IndexOf(Uses, FhirStatus.Code(name.UseElement) ?? "") is >= 0 and var at ? at : Uses.Length;

    private static bool IsInUse(ContactPoint point, FhirSubject subject) => FhirStatus.Code(point.UseElement) != "old" && !subject.IsOver(point.Period);

    private static bool IsInUse(HumanName name, FhirSubject subject) => FhirStatus.Code(name.UseElement) != "old" && !subject.IsOver(name.Period);

    private static IEnumerable<FhirValue> Of(CodeableConcept? language) => language is null
        ? []
        : language.Coding.SelectMany(coding => One(coding.Code)).Concat(language.Coding.SelectMany(coding => One(coding.Display))).Concat(One(language.Text));

    private static IEnumerable<FhirValue> One(string? text) => string.IsNullOrWhiteSpace(text) ? [] : [new(text.Trim())];
}
