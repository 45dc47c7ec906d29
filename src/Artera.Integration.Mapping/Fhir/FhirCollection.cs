using System.Buffers;
using System.Text.Json;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>Puts a resource and what it refers to into one Bundle, so that it can be read, and read again, without a server.</summary>
public static class FhirCollection
{
    /// <summary>A message with more at hand.</summary>
    /// <param name="message">The resource, with what it has at hand already.</param>
    /// <param name="found">References as <see cref="Mapper.Needs"/> gives them, each with the resource in JSON; null when the server has none.</param>
    /// <returns>A Bundle of the type <c>collection</c>; the resource itself is as it was, byte for byte but for blanks.</returns>
    public static byte[] With(FhirMessage message, IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>?>> found)
    {
        using var document = JsonDocument.Parse(FhirJson.WithoutMark(message.Raw));
        var root = document.RootElement;
        return Write(json =>
        {
            if (FhirJson.TypeOf(root) == "Bundle")
            {
                foreach (var entry in FhirJson.Entries(root))
                    entry.WriteTo(json);
            }
            else
            {
                Entry(json, null, root);
            }

            foreach (var (reference, resource) in found)
                Entry(json, reference, resource);
        });
    }

    /// <summary>The resources of a search's page, without outcomes and what was only included.</summary>
    /// <param name="page">A Bundle of the type <c>searchset</c>, or a resource alone.</param>
    /// <param name="next">Where the next page is, or null.</param>
    /// <returns>Each resource by itself; null when the page cannot be read.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Matches(ReadOnlyMemory<byte> page, out string? next)
    {
        next = null;
        try
        {
            using var document = JsonDocument.Parse(FhirJson.WithoutMark(page));
            var root = document.RootElement;
            if (FhirJson.TypeOf(root) is not { } type)
                return null;
            if (type != "Bundle")
                return [page];
            next = FhirJson.Items(root, "link").Where(link => FhirJson.Text(link, "relation") == "next").Select(link => FhirJson.Text(link, "url")).FirstOrDefault();
            return [.. FhirJson.Entries(root)
                .Where(entry => FhirJson.Property(entry, "search") is not { } search || FhirJson.Text(search, "mode") is null or "match")
                .Select(entry => FhirJson.ResourceOf(entry)).OfType<JsonElement>()
                .Where(resource => FhirJson.TypeOf(resource) != "OperationOutcome")
                .Select(resource => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(resource))];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static ReadOnlyMemory<byte> Of((string? Url, JsonElement Resource) focus, IEnumerable<(string? Url, JsonElement Resource)> others) => Write(json =>
    {
        Entry(json, focus.Url, focus.Resource);
        foreach (var (url, resource) in others)
            Entry(json, url, resource);
    });

    private static byte[] Write(Action<Utf8JsonWriter> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("resourceType", "Bundle");
            json.WriteString("type", "collection");
            json.WriteStartArray("entry");
            entries(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Entry(Utf8JsonWriter json, string? url, JsonElement resource)
    {
        json.WriteStartObject();
        if (url is not null)
            json.WriteString("fullUrl", url);
        json.WritePropertyName("resource");
        resource.WriteTo(json);
        json.WriteEndObject();
    }

    private static void Entry(Utf8JsonWriter json, string url, ReadOnlyMemory<byte>? resource)
    {
        json.WriteStartObject();
        json.WriteString("fullUrl", url);
        if (resource is { } found)
        {
            json.WritePropertyName("resource");
            json.WriteRawValue(FhirJson.WithoutMark(found).Span);
        }

        json.WriteEndObject();
    }
}
