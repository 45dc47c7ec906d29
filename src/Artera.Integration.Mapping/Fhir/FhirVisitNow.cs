using System.Text.Json;
using Hl7.Fhir.Model;
using Instant = NodaTime.Instant;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>An appointment as the EMR has it at this moment, read before anything is said of it.</summary>
public sealed class FhirVisitNow
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private FhirVisitNow(FhirMessage message, ReadOnlyMemory<byte> json, string? tag)
    {
        (Message, Json) = (message, json);
        Status = message.Status;
        Start = FhirTimes.InstantOf(((Appointment)message.Focus).StartElement);
        Tag = tag ?? (message.VersionId is { } version ? $"W/\"{version}\"" : null);
    }

    /// <summary>Appointment.status.</summary>
    public string Status { get; }

    /// <summary>Appointment.start.</summary>
    public Instant? Start { get; }

    /// <summary>The version, as If-Match takes it; null when the server has none.</summary>
    public string? Tag { get; }

    /// <summary>The resource, byte for byte.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    internal FhirMessage Message { get; }

    /// <summary>Reads what the server answered: the appointment, or a search's page with exactly one.</summary>
    /// <param name="body">The answer's body.</param>
    /// <param name="tag">The answer's ETag.</param>
    /// <param name="problem">Why it is not one appointment: <c>unreadable</c>, <c>gone</c>, <c>several</c>; else null.</param>
    public static FhirVisitNow? Read(ReadOnlyMemory<byte> body, string? tag, out string? problem)
    {
        problem = "unreadable";
        if (FhirCollection.Matches(body, out _) is not { } matches)
            return null;
        problem = matches.Count switch { 0 => "gone", 1 => null, _ => "several" };
        if (problem is not null)
            return null;
        var isPage = !matches[0].Equals(body);
        problem = "unreadable";
        if (FhirMessage.TryRead(matches[0], out _) is not { ResourceType: "Appointment", Id.Length: > 0 } visit || visit.Focus is not Appointment)
            return null;
        problem = null;
        return new(visit, isPage ? matches[0] : FhirJson.WithoutMark(body), isPage ? null : tag);
    }

    /// <summary>A message of the feed as if the server had it like that now; null when it is about something else.</summary>
    /// <param name="message">The appointment, alone or first in a Bundle.</param>
    public static FhirVisitNow? Of(FhirMessage message)
    {
        if (message.Focus is not Appointment)
            return null;
        using var document = JsonDocument.Parse(FhirJson.WithoutMark(message.Raw));
        var root = document.RootElement;
        if (FhirJson.TypeOf(root) != "Bundle")
            return new(message, FhirJson.WithoutMark(message.Raw), null);
        var resource = FhirJson.Entries(root).Select(entry => FhirJson.ResourceOf(entry)).OfType<JsonElement>().First(json => FhirJson.TypeOf(json) == "Appointment");
        return new(message, JsonSerializer.SerializeToUtf8Bytes(resource, Relaxed), null);
    }

    /// <summary>The id of the appointment that a message of a FHIR feed is about; null for any other message.</summary>
    /// <param name="message">The message, as received.</param>
    public static string? IdIn(ReadOnlyMemory<byte> message) =>
        FhirMessage.Looks(message.Span) && FhirMessage.TryRead(message, out _) is { ResourceType: "Appointment", Id: { Length: > 0 } id } ? id : null;

    internal IReadOnlyList<JsonElement> Participants()
    {
        using var document = JsonDocument.Parse(Json);
        return [.. FhirJson.Items(document.RootElement, "participant").Select(part => part.Clone())];
    }
}
