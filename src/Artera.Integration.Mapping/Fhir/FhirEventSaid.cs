using System.Text.Json;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>One notification-event: in Parameters a parameter with parts, in SubscriptionStatus an object of its own.</summary>
internal sealed record FhirEventSaid(string? Id, string? Number, string? Timestamp, string? Reference, string? System, string? Identifier)
{
    public static FhirEventSaid OfStatus(JsonElement said) =>
        Of(FhirJson.Text(said, "id"), FhirJson.Text(said, "eventNumber"), FhirJson.Text(said, "timestamp"), FhirJson.Property(said, "focus"));

    public static FhirEventSaid OfParameters(JsonElement said)
    {
        var parts = FhirJson.Items(said, "part").ToLookup(part => FhirJson.Text(part, "name") ?? "");
        return Of(
            parts["id"].Select(Value).FirstOrDefault() ?? FhirJson.Text(said, "id"),
            parts["event-number"].Select(Value).FirstOrDefault(),
            parts["timestamp"].Select(Value).FirstOrDefault(),
            parts["focus"].Select(focus => FhirJson.Property(focus, "valueReference")).FirstOrDefault());
    }

    /// <summary>value[x], whatever its type: servers send numbers as texts.</summary>
    public static string? Value(JsonElement parameter) => parameter.ValueKind != JsonValueKind.Object ? null : parameter.EnumerateObject()
        .Where(property => property.Name.StartsWith("value", StringComparison.Ordinal))
        .Select(property => property.Value.ValueKind == JsonValueKind.Object ? FhirJson.Text(property.Value, "reference") : FhirJson.Text(property.Value))
        .FirstOrDefault();

    /// <summary>Where the focus is; null when it is nothing that a mapping can be of.</summary>
    /// <param name="topic">The subscription's topic, whose name may have the resource in it: <c>.../Appointment.schedule</c>.</param>
    public string? Address(string? topic)
    {
        if (Reference is { Length: > 0 } literal)
            return FhirEvents.Resources.Contains(FhirReference.Local(literal).Split('/')[0]) ? FhirReference.Plain(literal) : null;
        var type = FhirEvents.Resources.FirstOrDefault(known => topic?.Split('/')[^1].StartsWith(known, StringComparison.OrdinalIgnoreCase) == true)
            ?? FhirEvents.Resources.FirstOrDefault(known => System?.Contains(known, StringComparison.OrdinalIgnoreCase) == true);
        return type is null || string.IsNullOrEmpty(Identifier) ? null : FhirReference.Search(type, System, Identifier);
    }

    private static FhirEventSaid Of(string? id, string? number, string? timestamp, JsonElement? focus)
    {
        var identifier = focus is { } said ? FhirJson.Property(said, "identifier") : null;
        return new(
            id,
            number,
            timestamp,
            focus is { } reference ? FhirJson.Text(reference, "reference") : null,
            identifier is { } system ? FhirJson.Text(system, "system") : null,
            identifier is { } value ? FhirJson.Text(value, "value") : null);
    }
}
