using System.Globalization;
using System.Text.Json.Nodes;
using Artera.Integration.Mapping.Yaml;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>An element that a write-back may set, and how its values are written.</summary>
internal sealed class FhirWriteBackElement
{
    private const string CancelReasons = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason";
    private const string ByReminder = "pat-crs";

    private readonly PropertyMapping element;

    private FhirWriteBackElement(PropertyMapping element) => this.element = element;

    /// <summary>The codes that it takes and no others; null when it takes any text.</summary>
    public IReadOnlyList<string>? Codes => element.ImplementingType is { IsGenericType: true } type && type.GetGenericArguments()[0] is { IsEnum: true } codes
        ? [.. Enum.GetValues(codes).Cast<Enum>().Select(code => code.GetLiteral()).OfType<string>()]
        : null;

    /// <summary>What an element path ends at; null with what is wrong, and what was meant.</summary>
    public static FhirWriteBackElement? Find(IReadOnlyList<string> path, bool ofResponse, out string? unknown, out string? near)
    {
        (unknown, near) = (null, null);
        var type = ModelInfo.ModelInspector.FindClassMapping(
            ofResponse ? typeof(AppointmentResponse) : path[0] == FhirWriteBackSet.OfTheParticipant ? typeof(Appointment.ParticipantComponent) : typeof(Appointment));
        PropertyMapping? found = null;
        for (var i = path[0] == FhirWriteBackSet.OfTheParticipant && !ofResponse ? 1 : 0; i < path.Count; i++)
        {
            var names = type?.PropertyMappings.Select(property => property.Name).ToList() ?? [];
            found = found?.IsCollection == true ? null : type?.FindMappedElementByName(path[i]);
            if (found is null)
            {
                unknown = path[i];
                near = Suggestion.For(path[i], [.. names, FhirWriteBackSet.OfTheParticipant]) is { } meant ? string.Join('.', [.. path.Take(i), meant, .. path.Skip(i + 1)]) : null;
                return null;
            }

            type = ModelInfo.ModelInspector.FindClassMapping(found.ImplementingType);
        }

        unknown = found is null ? path[0] : null;
        return found is null ? null : new(found);
    }

    /// <summary>A text as the element takes it: a code alone or <c>system|code</c> where it takes a concept.</summary>
    /// <returns>Null when the element has a list of codes and this is none of them.</returns>
    public JsonNode? Value(string text)
    {
        if (element.ImplementingType == typeof(CodeableConcept))
            return List(Concept(element.Name, text));
        if (element.ImplementingType == typeof(FhirBoolean) && bool.TryParse(text, out var flag))
            return JsonValue.Create(flag);
        if (typeof(PrimitiveType).IsAssignableFrom(element.ImplementingType) && element.ImplementingType.Name.Contains("Int", StringComparison.Ordinal) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return JsonValue.Create(number);
        return Codes is { } codes && !text.Contains('{', StringComparison.Ordinal) && !codes.Contains(text) ? null : List(JsonValue.Create(text));
    }

    private JsonNode List(JsonNode value) => element.IsCollection ? new JsonArray(value) : value;

    private static JsonObject Concept(string name, string text)
    {
        var (system, code) = text.Split('|', 2) is [var before, var after] ? (before, after) : (name == "cancelationReason" ? CancelReasons : null, text);
        var coding = new JsonObject();
        if (system is not null)
            coding["system"] = system;
        coding["code"] = code;
        if (system == CancelReasons && code == ByReminder)
            coding["display"] = "Patient: Canceled via automated reminder system";
        return new() { ["coding"] = new JsonArray(coding) };
    }
}
