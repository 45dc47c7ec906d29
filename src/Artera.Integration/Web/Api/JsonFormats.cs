using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Web.Api;

/// <summary>How the API writes times and words: ISO 8601 in UTC, enumerations by name.</summary>
internal static class JsonFormats
{
    public static void Apply(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new ByPattern<Instant>(InstantPattern.ExtendedIso));
        options.Converters.Add(new ByPattern<LocalDate>(LocalDatePattern.Iso));
    }

    private sealed class ByPattern<T>(IPattern<T> pattern) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            pattern.Parse(reader.GetString() ?? "") is { Success: true } parsed
                ? parsed.Value
                : throw new JsonException("not a time in ISO 8601");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(pattern.Format(value));
    }
}
