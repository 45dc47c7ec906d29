using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>FHIR JSON as servers send it: read as far as it goes.</summary>
internal static class FhirJson
{
    private static readonly FhirJsonDeserializer Reader = new(new DeserializerSettings().UsingMode(DeserializationMode.Ostrich));

    /// <summary>The resource; null when not even its type can be told.</summary>
    public static Resource? Resource(in JsonElement json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json.GetRawText()));
        try
        {
            Reader.TryDeserializeResource(ref reader, out var resource, out _);
            return resource;
        }
        catch (Exception broken) when (IsOdd(broken))
        {
            return null;
        }
    }

    /// <summary>True for what the library throws at values that do not fit their elements.</summary>
    public static bool IsOdd(Exception thrown) => thrown is not (OperationCanceledException or OutOfMemoryException);

    public static string? TypeOf(in JsonElement json) => Property(json, "resourceType") is { ValueKind: JsonValueKind.String } type ? type.GetString() : null;

    /// <summary>What a notification says of itself, in R4 and in later versions.</summary>
    public static bool IsStatus(in JsonElement resource) => TypeOf(resource) is "Parameters" or "SubscriptionStatus";

    public static IEnumerable<JsonElement> Entries(JsonElement bundle) => Items(bundle, "entry");

    public static JsonElement? ResourceOf(in JsonElement entry) => Property(entry, "resource") is { ValueKind: JsonValueKind.Object } resource ? resource : null;

    public static IEnumerable<JsonElement> Items(JsonElement json, string name) =>
        Property(json, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static JsonElement? Property(in JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A text, or a number or flag as its text.</summary>
    public static string? Text(in JsonElement json, string name) => Property(json, name) is { } value ? Text(value) : null;

    public static string? Text(in JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) => json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;

    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;
}
