using System.Text;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Mapping.Fhir;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>Makes rows of what comes from FHIR servers.</summary>
internal static class FhirIntake
{
    private const int Longest = 200;

    /// <summary>A notification as it came; what it brings or names becomes rows of its own.</summary>
    public static InboxMessage Notification(Feed feed, byte[] body, Instant now)
    {
        var said = FhirNotification.Read(body);
        var (happened, state, cause) = said.Kind switch
        {
            FhirNotificationKind.Handshake or FhirNotificationKind.Heartbeat when said.EventsSinceStart is not null && EventNumbers.AreWatched(feed) =>
                (said.Kind == FhirNotificationKind.Handshake ? FhirRows.Handshake : FhirRows.Heartbeat, InboxState.Waiting, null),
            FhirNotificationKind.Handshake => (FhirRows.Handshake, InboxState.Ignored, "handshake"),
            FhirNotificationKind.Heartbeat => (FhirRows.Heartbeat, InboxState.Ignored, "heartbeat"),
            FhirNotificationKind.Unreadable => (FhirRows.Unreadable, InboxState.Held, "unreadable"),
            FhirNotificationKind.Resource => (FhirRows.Resource, InboxState.Waiting, null),
            _ => (FhirRows.Event, InboxState.Waiting, (string?)null),
        };
        return new()
        {
            Feed = feed.Name,
            ReceivedAt = now,
            Raw = body,
            ControlId = Column(said.FirstId),
            // A delivery of the same events has another id and time of its own; one without names is known for a while by its body.
            // One that says nothing may be of the next change, whatever came a moment before.
            BodyHash = BodyHash.Of(said.Id.Length > 0 ? Encoding.UTF8.GetBytes(said.Id) : said.IsEmpty ? Guid.NewGuid().ToByteArray() : body),
            Event = happened,
            Lane = Lane.Of(feed.Emr, feed.Name),
            State = state,
            Cause = cause,
            AckCode = "",
        };
    }

    /// <summary>Events that the server was asked for because they had not come; empty: it only said that there were some.</summary>
    public static InboxMessage Recovered(Feed feed, byte[] body, Instant now)
    {
        var row = Notification(feed, body, now);
        (row.ControlId, row.Note) = (Column($"{FhirRows.Recovered} {Guid.CreateVersion7(now.ToDateTimeOffset())}"), FhirRows.Recovered);
        return row;
    }

    /// <summary>A version of a resource with what it refers to: applied as any message is.</summary>
    public static InboxMessage Resource(Feed feed, FhirMessage resource, Instant now)
    {
        var keys = feed.Mapper.Keys(resource);
        var version = resource.Version;
        return new()
        {
            Feed = feed.Name,
            ReceivedAt = now,
            Raw = resource.Raw.ToArray(),
            ControlId = Column(version),
            BodyHash = BodyHash.Of(version.Length > 0 ? Encoding.UTF8.GetBytes(version) : resource.Raw.Span),
            Event = Column(resource.Event),
            PatientKey = keys.PatientId is null ? null : Column(keys.PatientId),
            AppointmentKey = SubjectKey.Of(keys) is { } subject ? Column(subject) : null,
            Lane = Lane.Of(feed.Emr, keys.PatientId is null ? feed.Name : Column(keys.PatientId)),
            AckCode = "",
        };
    }

    internal static string Column(string value)
    {
        var text = value.Replace("\0", "", StringComparison.Ordinal);
        return text.Length <= Longest ? text : text[..Longest];
    }
}
