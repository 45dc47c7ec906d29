namespace Artera.Integration.Inbound.Fhir;

/// <summary>What a FHIR feed's rows are called: a notification as it came over the wire, or a resource such as <c>Appointment/booked</c>.</summary>
internal static class FhirRows
{
    public const string Wire = "Notification/";

    public const string Resource = Wire + "resource";
    public const string Event = Wire + "event";
    public const string Heartbeat = Wire + "heartbeat";
    public const string Handshake = Wire + "handshake";
    public const string Unreadable = Wire + "unreadable";

    /// <summary>The note of events that were asked for.</summary>
    public const string Recovered = "recovered";

    /// <summary>Why nothing was applied of it.</summary>
    public static string WhyNothing(string happened) => happened switch
    {
        Heartbeat => "heartbeat",
        Handshake => "handshake",
        _ => "nothing-for-us",
    };

    public static bool IsNotification(string happened) => happened.StartsWith(Wire, StringComparison.Ordinal);
}
