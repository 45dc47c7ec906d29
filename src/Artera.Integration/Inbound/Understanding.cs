using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Patients;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>What a kept message says, by its feed's mapping of today.</summary>
/// <param name="Feed">Null when there is no such feed any more.</param>
/// <param name="Message">Null when it cannot be read.</param>
internal sealed record Understanding(Feed? Feed, Hl7Message? Message, MappingResult? Meaning)
{
    public static Understanding Of(InboxMessage row, FeedBook feeds)
    {
        if (feeds.Find(row.Feed) is not { } feed)
            return new(null, null, null);
        if (feed.Mapper.File.Form == MessageForm.Fhir)
        {
            return FhirMessage.TryRead(row.Raw, out _) is { } resource
                ? new(feed, null, feed.Mapper.Map(resource, new MappingContext(feed.Zone, row.ReceivedAt))) { Resource = resource }
                : new(feed, null, null);
        }

        return Hl7Message.TryRead(row.Raw, out _, feed.Charset) is { } message
            ? new(feed, message, feed.Mapper.Map(message, new MappingContext(feed.Zone)))
            : new(feed, null, null);
    }

    /// <summary>The resource, where the feed is of a FHIR server.</summary>
    public FhirMessage? Resource { get; init; }

    /// <summary>Which version of its subject the message tells of: what the EMR says of its time, else when it arrived.</summary>
    public MessageVersion Version(InboxMessage row) => Resource is { } resource
        ? MessageVersion.OfResource(resource.LastUpdated, resource.VersionId, row.ReceivedAt)
        : new(SentAt() ?? row.ReceivedAt, row.ControlId);

    private Instant? SentAt() =>
        Message is not null && Hl7Timestamp.TryParse(Message.SentAt, out var sent) && !sent.IsAbsent ? sent.Resolve(Feed!.Zone) : null;

    public IReadOnlyList<EmrEvent> Events => Meaning is { Outcome: MappingOutcome.Understood } understood ? understood.Events : [];

    /// <summary>True when all that it touches can be read in advance: what follows from it looks at nothing else.</summary>
    public bool IsPlain => Events.All(happened => happened is PatientUpdated or AppointmentChanged
    {
        Change: not AppointmentChange.Discontinue,
        Appointment.Replaces.IsNothing: true,
    });
}
