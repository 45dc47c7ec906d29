using Artera.Integration.Feeds;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Hl7;

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
        return Hl7Message.TryRead(row.Raw, out _, feed.Charset) is { } message
            ? new(feed, message, feed.Mapper.Map(message, new MappingContext(feed.Zone)))
            : new(feed, null, null);
    }

    public IReadOnlyList<EmrEvent> Events => Meaning is { Outcome: MappingOutcome.Understood } understood ? understood.Events : [];

    /// <summary>True when all that it touches can be read in advance: what follows from it looks at nothing else.</summary>
    public bool IsPlain => Events.All(happened => happened is PatientUpdated or AppointmentChanged
    {
        Change: not AppointmentChange.Discontinue,
        Appointment.Replaces.IsNothing: true,
    });
}
