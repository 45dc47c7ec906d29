using Hl7.Fhir.Model;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>What a resource says of its own state, as one word.</summary>
internal static class FhirStatus
{
    public const string Replaced = "replaced";

    public static string Of(Resource resource)
    {
        if (resource is Patient patient)
            return patient.Link.Exists(link => Code(link.TypeElement) == "replaced-by") ? Replaced : patient.ActiveElement?.JsonValue is false or "false" ? "inactive" : "active";
        return PocoNode.Root(resource, null).Child("status") is { } status && status.FirstOrDefault()?.GetValue() is { } value ? $"{value}".Trim() : "";
    }

    public static string? Code(PrimitiveType? code) => code?.JsonValue is { } value ? $"{value}" : null;
}
