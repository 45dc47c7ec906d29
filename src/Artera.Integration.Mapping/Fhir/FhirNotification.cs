using System.Globalization;
using System.Text.Json;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>What the body of a notification is.</summary>
public enum FhirNotificationKind
{
    /// <summary>Not FHIR at all.</summary>
    Unreadable,

    /// <summary>Sent when a subscription begins; nothing happened.</summary>
    Handshake,

    /// <summary>Says that the subscription lives; may repeat the last event, which then is no news.</summary>
    Heartbeat,

    /// <summary>Things happened; with their resources, their references, or neither.</summary>
    Event,

    /// <summary>A resource alone (R4 rest-hook).</summary>
    Resource,
}

/// <summary>
/// The body of a subscription's notification: an R4 rest-hook (a resource, or nothing), or a Bundle of the R5 backport,
/// whose status is Parameters, or SubscriptionStatus as later versions have it and some servers send in R4. Counters may
/// be numbers or texts; a Bundle that breaks the rules for entries is read all the same.
/// </summary>
public sealed record FhirNotification
{
    /// <summary>What it is.</summary>
    public required FhirNotificationKind Kind { get; init; }

    /// <summary>Names the events, so that a second delivery of them is known; empty when nothing names them.</summary>
    public string Id { get; init; } = "";

    /// <summary>The first of the names, for people; empty when there is none.</summary>
    public string FirstId { get; init; } = "";

    /// <summary>The reference of the subscription, or null.</summary>
    public string? Subscription { get; init; }

    /// <summary>events-since-subscription-start, or null when it is not a number.</summary>
    public long? EventsSinceStart { get; init; }

    /// <summary>The numbers of its events, as far as they are numbers.</summary>
    public IReadOnlyList<long> Numbers { get; init; } = [];

    /// <summary>The resources that it brings, each with what else came along, to be read by <see cref="FhirMessage.TryRead"/>.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Resources { get; init; } = [];

    /// <summary>Where the resources are that it only names: references, or searches for an identifier.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>True when it says that something happened, and not what.</summary>
    public bool IsEmpty => Kind == FhirNotificationKind.Event && Resources.Count == 0 && Addresses.Count == 0;

    /// <summary>Reads a body.</summary>
    /// <param name="body">As received; may be empty.</param>
    public static FhirNotification Read(ReadOnlyMemory<byte> body)
    {
        if (FhirJson.WithoutMark(body).Span.Trim(" \t\r\n"u8).IsEmpty)
            return new() { Kind = FhirNotificationKind.Event };
        try
        {
            using var document = JsonDocument.Parse(FhirJson.WithoutMark(body));
            return FhirJson.TypeOf(document.RootElement) switch
            {
                null => new() { Kind = FhirNotificationKind.Unreadable },
                "Bundle" => new FhirNotificationBundle(document.RootElement).Read(),
                _ => new() { Kind = FhirNotificationKind.Resource, Resources = [body] },
            };
        }
        catch (Exception odd) when (FhirJson.IsOdd(odd))
        {
            return new() { Kind = FhirNotificationKind.Unreadable };
        }
    }

    internal static long? Number(string? text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
