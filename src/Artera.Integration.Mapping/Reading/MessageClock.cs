using Artera.Integration.Mapping.Hl7;
using NodaTime;

namespace Artera.Integration.Mapping.Reading;

/// <summary>
/// How the message's local times become instants. An offset in MSH-7 holds for the whole message (chapter 2 §2.14.9.7),
/// but when it is just the offset of the feed's zone at the time of sending, the zone is used: a visit beyond the next
/// change of the clocks would otherwise move by an hour.
/// </summary>
internal readonly struct MessageClock
{
    private readonly DateTimeZone zone;
    private readonly Offset? offset;

    public MessageClock(DateTimeZone zone, string sentAt)
    {
        this.zone = zone;
        if (Hl7Timestamp.TryParse(sentAt, out var sent) && sent.Offset is { } stated && zone.GetUtcOffset(sent.Resolve(zone)) != stated)
            offset = stated;
    }

    public VisitStart Start(in Hl7Timestamp time) => time.HasTime
        ? new(time.Resolve(zone, offset))
        : new(zone.AtStartOfDay(time.Local.Date).ToInstant(), DayOnly: true);

    public LocalDate DateOf(in Instant instant) => instant.InZone(zone).Date;

    public ZonedDateTime Local(in Instant instant) => instant.InZone(zone);
}
