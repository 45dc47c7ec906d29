using Hl7.Fhir.Model;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>References in their forms: relative, absolute, to a version, contained, or logical (an identifier alone).</summary>
internal static class FhirReference
{
    /// <summary>Without a version: every version is the same resource.</summary>
    public static string Plain(string reference)
    {
        var history = reference.IndexOf("/_history/", StringComparison.Ordinal);
        return history < 0 ? reference : reference[..history];
    }

    /// <summary><c>Type/id</c> of an absolute one.</summary>
    public static string Local(string reference)
    {
        var parts = Plain(reference).Split('/');
        return parts.Length < 2 ? parts[0] : $"{parts[^2]}/{parts[^1]}";
    }

    /// <summary>The logical id; empty for a contained one, which has none outside.</summary>
    public static string Id(string reference) => reference.StartsWith('#') ? "" : Plain(reference).Split('/', ':')[^1];

    /// <summary>What tells whom it refers to: <c>Type/id</c>, or the identifier of a logical one; null when it names nobody.</summary>
    public static string? Key(string? reference, string? system, string? value) =>
        reference is { Length: > 0 } ? reference[0] == '#' ? reference : Local(reference) : value is { Length: > 0 } ? $"{system}|{value}" : null;

    /// <summary>The type that it says it refers to, or null.</summary>
    public static string? TypeOf(ResourceReference reference)
    {
        if (reference.Type is { Length: > 0 } stated)
            return stated.Split('/')[^1];
        var parts = Plain(reference.Reference ?? "").Split('/');
        return parts.Length > 1 && ModelInfo.IsKnownResource(parts[^2]) ? parts[^2] : null;
    }

    /// <summary>Where the resource may be asked for: the reference, or the search for its identifier; null when it is neither.</summary>
    public static string? Address(ResourceReference reference, string type)
    {
        if (reference.Reference is { Length: > 0 } literal)
            return literal.StartsWith('#') || literal.StartsWith("urn:", StringComparison.Ordinal) ? null : Plain(literal);
        return reference.Identifier is { Value.Length: > 0 } known ? Search(type, known.System, known.Value) : null;
    }

    /// <summary>The search that finds a resource by a business identifier.</summary>
    public static string Search(string type, string? system, string value) =>
        $"{type}?identifier={(system is null ? "" : Uri.EscapeDataString(system) + "%7C")}{Uri.EscapeDataString(value)}";
}
