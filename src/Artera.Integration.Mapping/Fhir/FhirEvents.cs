using Artera.Integration.Mapping.Yaml;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;
using Task = Hl7.Fhir.Model.Task;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>What happened, by the resource and its status: <c>Appointment/booked</c>, <c>Appointment/*</c> or <c>Appointment</c> for the rest.</summary>
internal static class FhirEvents
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["Appointment"] = Codes<Appointment.AppointmentStatus>(),
        ["Patient"] = ["active", "inactive", FhirStatus.Replaced],
        ["ServiceRequest"] = Codes<RequestStatus>(),
        ["Task"] = Codes<Task.TaskStatus>(),
    };

    /// <summary>The resources that a mapping can be of.</summary>
    public static IEnumerable<string> Resources => Known.Keys;

    public static bool IsOf(string? resource) => resource is not null && Known.ContainsKey(resource);

    /// <summary>Why a text names no event, or null.</summary>
    /// <param name="text">The text.</param>
    /// <param name="meant">What was probably meant.</param>
    public static string? Problem(string text, out string? meant)
    {
        meant = null;
        var cut = text.IndexOf('/', StringComparison.Ordinal);
        var (type, status) = cut < 0 ? (text, null) : (text[..cut], text[(cut + 1)..]);
        if (!Known.TryGetValue(type, out var codes))
        {
            meant = Suggestion.For(type, Known.Keys) is { } near ? near + text[type.Length..] : null;
            return $"{text} is not an event such as Appointment/booked: the resource is one of {string.Join(", ", Known.Keys)}";
        }

        if (status is null or "*" || codes.Contains(status))
            return null;
        meant = Suggestion.For(status, codes) is { } code ? $"{type}/{code}" : null;
        return $"{type} has no status {status}";
    }

    /// <summary>The action that a mapping's events have for a message, the most exact first.</summary>
    public static EventAction? ActionOf(FhirMessage message, IReadOnlyDictionary<string, EventAction> events) =>
        events.TryGetValue(message.Event, out var action) || events.TryGetValue($"{message.ResourceType}/*", out action) || events.TryGetValue(message.ResourceType, out action)
            ? action
            : null;

    private static string[] Codes<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(code => code.GetLiteral()).OfType<string>()];
}
