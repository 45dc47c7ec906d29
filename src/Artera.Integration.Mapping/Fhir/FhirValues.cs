using Artera.Integration.Mapping.Reading;
using Hl7.Fhir.Model;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>A value as a field takes it.</summary>
/// <param name="Text">What the element says; times as HL7 v2 writes them.</param>
/// <param name="Name">The EMR's words for a code, from beside it.</param>
/// <param name="Shown">The element as sent.</param>
internal readonly record struct FhirValue(string Text, string? Name = null, string? Shown = null)
{
    public static readonly FhirValue Unreadable = new("", null, "\0");

    public bool IsUnreadable => Shown == "\0";
}

/// <summary>What elements say to a field; its type decides, so that a path may end at a whole ContactPoint, code or reference.</summary>
internal static class FhirValues
{
    public static IEnumerable<FhirValue> Of(List<PocoNode> nodes, MappingField field, CompiledSource source, FhirSubject subject)
    {
        foreach (var node in nodes)
            subject.Look(node.Poco is DataType or BackboneElement ? node : null);
        return field.Kind switch
        {
            ValueKind.Phone => FhirContacts.Of(nodes, subject, "phone", "sms"),
            ValueKind.Email => FhirContacts.Of(nodes, subject, "email"),
            ValueKind.Language => FhirContacts.Languages(nodes, subject),
            ValueKind.Text when source.Table is null => FhirContacts.Names(nodes, subject).SelectMany(node => Words(node, field, subject)),
            _ => nodes.SelectMany(node => Codes(node, source.Table, subject)),
        };
    }

    /// <summary>A code, a reference or a primitive.</summary>
    public static IEnumerable<FhirValue> Plain(PocoNode node, FhirSubject subject) => node.Poco switch
    {
        CodeableConcept concept => Codings(concept),
        Coding coding => Of(coding.Code, coding.Display),
        ResourceReference reference => Of(reference, subject),
        Identifier identifier => Of(identifier.Value, identifier.Type?.Text),
        HumanName name => Of(FhirContacts.Whole(name), null),
        Resource resource => Of(resource.Id, NameOf(resource)),
        _ when node.GetValue() is { } value => Primitive(node, $"{value}".Trim()),
        _ => [],
    };

    /// <summary>What people call a resource.</summary>
    public static string? NameOf(Resource? resource) => resource switch
    {
        Location location => location.Name,
        HealthcareService service => service.Name,
        Organization organization => organization.Name,
        Device device => device.DeviceName.Select(name => name.Name).FirstOrDefault(),
        Practitioner practitioner => FhirContacts.Whole(FhirContacts.Best(practitioner.Name)),
        PractitionerRole role => role.Practitioner?.Display,
        Patient patient => FhirContacts.Whole(FhirContacts.Best(patient.Name)),
        _ => null,
    };

    private static IEnumerable<FhirValue> Words(PocoNode node, MappingField field, FhirSubject subject) => node.Poco switch
    {
        HumanName name => Of(field == MappingFields.Family ? name.Family : string.Join(' ', name.Given.Take(field == MappingFields.Preferred ? 1 : int.MaxValue)), null),
        CodeableConcept concept => Of(concept.Text ?? concept.Coding.Select(coding => coding.Display ?? coding.Code).FirstOrDefault(), null),
        _ => Plain(node, subject),
    };

    /// <summary>Of several codings, those first that the table knows.</summary>
    private static IEnumerable<FhirValue> Codes(PocoNode node, CodeTable? table, FhirSubject subject)
    {
        var values = Plain(node, subject);
        return table is null || node.Poco is not CodeableConcept ? values : values.OrderBy(value => table.TryGet(value.Text, out _) ? 0 : 1).Take(1);
    }

    private static IEnumerable<FhirValue> Codings(CodeableConcept concept)
    {
        var coded = concept.Coding.Where(coding => !string.IsNullOrWhiteSpace(coding.Code)).ToList();
        return coded.Count == 0
            ? Of(concept.Text ?? concept.Coding.Select(coding => coding.Display).FirstOrDefault(), null)
            : coded.SelectMany(coding => Of(coding.Code, coding.Display ?? concept.Text));
    }

    private static IEnumerable<FhirValue> Of(ResourceReference reference, FhirSubject subject)
    {
        var found = subject.Find(reference);
        var id = reference.Reference is { Length: > 0 } literal ? FhirReference.Id(literal) : "";
        if (id.Length == 0)
            id = reference.Identifier?.Value ?? (found is null ? null : IdentifierOf(found) ?? found.Id) ?? "";
        return Of(id, reference.Display ?? NameOf(found));
    }

    private static string? IdentifierOf(Resource resource) => resource switch
    {
        Location location => location.Identifier.Select(identifier => identifier.Value).FirstOrDefault(),
        Practitioner practitioner => practitioner.Identifier.Select(identifier => identifier.Value).FirstOrDefault(),
        Device device => device.Identifier.Select(identifier => identifier.Value).FirstOrDefault(),
        HealthcareService service => service.Identifier.Select(identifier => identifier.Value).FirstOrDefault(),
        _ => null,
    };

    private static IEnumerable<FhirValue> Primitive(PocoNode node, string text)
    {
        var name = (node.Name, node.Parent?.Poco) switch
        {
            ("code", Coding coding) => coding.Display,
            (_, Identifier or ContactPoint) => null,
            ("id" or "value", Resource resource) => NameOf(resource),
            _ => null,
        };
        return text.Length == 0 ? [] : [new(FhirTimes.AsHl7(text), name, text)];
    }

    private static IEnumerable<FhirValue> Of(string? text, string? name) =>
        string.IsNullOrWhiteSpace(text) ? [] : [new(text.Trim(), string.IsNullOrWhiteSpace(name) ? null : name.Trim())];
}
