using System.Text.Json;
using System.Text.Json.Serialization;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>A message or a call as Twilio describes it; a call has no words.</summary>
internal sealed record TwilioMessage(
    string? Sid,
    string? Body,
    string? From,
    [property: JsonPropertyName("messaging_service_sid")] string? MessagingServiceSid,
    [property: JsonPropertyName("date_created")] string? DateCreated,
    string? Direction);

/// <summary>A page of messages or calls.</summary>
internal sealed record TwilioMessagePage(
    List<TwilioMessage>? Messages,
    List<TwilioMessage>? Calls,
    [property: JsonPropertyName("next_page_uri")] string? NextPageUri);

/// <summary>An error. Its words are left out: they quote the number.</summary>
internal sealed record TwilioProblem(int? Code);

internal static class TwilioJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Null when the body is not the JSON that it should be, as when a proxy answers.</summary>
    public static async Task<T?> Read<T>(HttpResponseMessage response, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(Options, cancellation);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
