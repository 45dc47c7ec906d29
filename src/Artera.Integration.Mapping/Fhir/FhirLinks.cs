using Hl7.Fhir.Model;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>What Patient.link says of duplicates: replaced-by and replaces; refer and seealso merge nobody.</summary>
internal static class FhirLinks
{
    /// <summary>The other patient of each merge, and whether it is the one that survives.</summary>
    public static IEnumerable<(ResourceReference Other, bool Survives)> Of(FhirMessage message) => message.Focus is not Patient patient
        ? []
        : patient.Link
            .Select(link => (link.Other, Type: FhirStatus.Code(link.TypeElement)))
            .Where(link => link.Other is not null && link.Type is "replaced-by" or "replaces")
            .Select(link => (link.Other, link.Type == "replaced-by"));

    /// <summary>Who has taken this patient's place, or null.</summary>
    public static ResourceReference? Replacing(FhirMessage message) => Of(message).Where(link => link.Survives).Select(link => link.Other).FirstOrDefault();
}
