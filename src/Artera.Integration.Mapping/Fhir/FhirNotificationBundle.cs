using System.Text.Json;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>A notification in the form of the R5 backport: a Bundle with its status first, and with resources or without.</summary>
internal sealed class FhirNotificationBundle(JsonElement bundle)
{
    private readonly List<(string? Url, JsonElement Resource)> resources =
    [
        .. FhirJson.Entries(bundle)
            .Select(entry => (Url: FhirJson.Text(entry, "fullUrl"), Resource: FhirJson.ResourceOf(entry)))
            .Where(entry => entry.Resource is { } resource && !FhirJson.IsStatus(resource))
            .Select(entry => (entry.Url, entry.Resource!.Value)),
    ];

    private string? subscription;
    private string? topic;
    private string? type;
    private string? since;
    private List<FhirEventSaid> events = [];

    public FhirNotification Read()
    {
        if (FhirJson.Entries(bundle).Select(entry => FhirJson.ResourceOf(entry)).FirstOrDefault(resource => resource is { } status && FhirJson.IsStatus(status)) is not { } status)
            return new() { Kind = FhirNotificationKind.Resource, Resources = Focuses([]) };
        if (FhirJson.TypeOf(status) == "Parameters")
            Parameters(status);
        else
            Status(status);
        var notification = new FhirNotification
        {
            Kind = type switch { "handshake" => FhirNotificationKind.Handshake, "heartbeat" => FhirNotificationKind.Heartbeat, _ => FhirNotificationKind.Event },
            Subscription = subscription,
            EventsSinceStart = FhirNotification.Number(since),
            Numbers = [.. events.Select(said => FhirNotification.Number(said.Number)).OfType<long>()],
        };
        return notification.Kind == FhirNotificationKind.Event ? WithEvents(notification) : notification;
    }

    private FhirNotification WithEvents(FhirNotification notification)
    {
        // A number alone is given again when its server begins to count anew: it names nothing without its time.
        var names = events.ConvertAll(said => said.Id ?? (said.Number is null || said.Timestamp is null ? null : $"{subscription}#{said.Number}@{said.Timestamp}"));
        var wanted = events.Select(said => said.Reference is { } literal ? FhirReference.Local(literal) : null).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var brought = Focuses(wanted);
        var here = brought.Count == 0 ? [] : Locals().ToHashSet(StringComparer.Ordinal);
        return notification with
        {
            Id = names.Contains(null) ? "" : string.Join('\n', names),
            FirstId = names.FirstOrDefault() ?? (events is [{ Number: { } number }, ..] ? $"{subscription}#{number}" : ""),
            Resources = brought,
            Addresses = [.. events.Where(said => said.Reference is null || !here.Contains(FhirReference.Local(said.Reference)))
                .Select(said => said.Address(topic)).OfType<string>().Distinct(StringComparer.Ordinal)],
        };
    }

    private void Status(JsonElement status)
    {
        subscription = FhirJson.Property(status, "subscription") is { } reference ? FhirJson.Text(reference, "reference") : null;
        (topic, type, since) = (FhirJson.Text(status, "topic"), FhirJson.Text(status, "type"), FhirJson.Text(status, "eventsSinceSubscriptionStart"));
        events = [.. FhirJson.Items(status, "notificationEvent").Select(FhirEventSaid.OfStatus)];
    }

    private void Parameters(JsonElement parameters)
    {
        var named = FhirJson.Items(parameters, "parameter").ToLookup(parameter => FhirJson.Text(parameter, "name") ?? "");
        string? Value(string name) => named[name].Select(FhirEventSaid.Value).FirstOrDefault();
        (subscription, topic, type, since) = (Value("subscription"), Value("topic"), Value("type"), Value("events-since-subscription-start"));
        events = [.. named["notification-event"].Select(FhirEventSaid.OfParameters)];
    }

    private IEnumerable<string> Locals() => resources.Select(entry => Local(entry.Resource)).OfType<string>();

    /// <summary>The resources that are meant, each first in a Bundle of its own with all that came along.</summary>
    private List<ReadOnlyMemory<byte>> Focuses(HashSet<string> wanted) => [.. resources
        .Index()
        .Where(entry => FhirEvents.IsOf(FhirJson.TypeOf(entry.Item.Resource)) && (wanted.Count == 0 ? IsOfItsOwn(entry.Item.Resource) : wanted.Contains(Local(entry.Item.Resource) ?? "")))
        .Select(entry => FhirCollection.Of(entry.Item, resources.Where((_, i) => i != entry.Index)))];

    /// <summary>Where nothing says what is meant, a Patient who came with something else is only what that refers to.</summary>
    private bool IsOfItsOwn(JsonElement resource) =>
        FhirJson.TypeOf(resource) != "Patient" || resources.TrueForAll(entry => FhirJson.TypeOf(entry.Resource) == "Patient" || !FhirEvents.IsOf(FhirJson.TypeOf(entry.Resource)));

    private static string? Local(JsonElement resource) => FhirJson.Text(resource, "id") is { } id ? $"{FhirJson.TypeOf(resource)}/{id}" : null;
}
