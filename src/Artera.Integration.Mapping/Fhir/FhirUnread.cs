using Hl7.Fhir.Model;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>What a resource says and no rule looks at: how an analyst finds the forgotten extension.</summary>
internal static class FhirUnread
{
    /// <summary>Of the resource itself and of the patients at hand; the narrative and what the server says of its own housekeeping are left out.</summary>
    public static IReadOnlyList<UnreadField> Of(FhirMessage message, HashSet<string> seen)
    {
        var root = PocoNode.Root(message.Focus, null);
        var patients = FhirParts.Patients(message, root, null).Where(part => part.IsWhole && !ReferenceEquals(part.Patient, message.Focus)).Select(part => PocoNode.Root(part.Patient, null));
        return [.. patients.Prepend(root).SelectMany(Leaves)
            .Where(node => !seen.Contains(node.GetLocation()) && !IsHousekeeping(node))
            .Select(node => new UnreadField(Short(node.GetLocation()), $"{node.GetValue()}"))];
    }

    private static IEnumerable<PocoNode> Leaves(PocoNode root) => root.Descendants().Where(node => node.Poco is PrimitiveType && node.GetValue() is not null);

    private static bool IsHousekeeping(PocoNode node)
    {
        var parts = node.GetLocation().Split('.');
        return parts.Length > 1 && parts[1].Split('[')[0] is "meta" or "text" or "status" or "id" or "implicitRules" or "language" && parts.Length <= 3;
    }

    /// <summary>A first one needs no number.</summary>
    private static string Short(string location) => location.Replace("[0]", "", StringComparison.Ordinal);
}
