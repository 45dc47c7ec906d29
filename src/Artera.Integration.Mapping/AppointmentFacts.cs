using NodaTime;

namespace Artera.Integration.Mapping;

/// <summary>A code of the EMR with the text that the message gives beside it, if any.</summary>
/// <param name="Code">The code as sent, trimmed; never empty.</param>
/// <param name="Text">The EMR's own words for it, or null.</param>
public readonly record struct Coded(string Code, string? Text = null);

/// <summary>When an appointment starts.</summary>
/// <param name="At">The instant; for a day without a time, the start of that day in the feed's zone.</param>
/// <param name="DayOnly">True when the message gives a date and no time: such a visit is never messaged with a time.</param>
public readonly record struct VisitStart(Instant At, bool DayOnly = false);

/// <summary>What a message states of an appointment.</summary>
public sealed record AppointmentFacts
{
    /// <summary>The one identifier that the mapping matches on; never empty.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// The identifier that the same visit has when a message tells of another number of patients: <c>visit/patient</c> for
    /// one that is told of alone, <c>visit</c> for one that is told of with others; the former one of a visit with a new number.
    /// Null when there is no other.
    /// </summary>
    public string? OtherId { get; init; }

    /// <summary>When it starts.</summary>
    public Stated<VisitStart> Start { get; init; }

    /// <summary>How long it takes, in minutes.</summary>
    public Stated<int> Minutes { get; init; }

    /// <summary>The visit type.</summary>
    public Stated<Coded> Type { get; init; }

    /// <summary>The provider.</summary>
    public Stated<Coded> Provider { get; init; }

    /// <summary>The location; it decides which practice owns the appointment.</summary>
    public Stated<Coded> Location { get; init; }

    /// <summary>The device that is booked with it.</summary>
    public Stated<Coded> Device { get; init; }

    /// <summary>What else is booked with it: a room, a team, a service.</summary>
    public Stated<Coded> General { get; init; }

    /// <summary>What the EMR says of it.</summary>
    public Stated<EmrStatus> Status { get; init; }

    /// <summary>Why it was cancelled, in the EMR's words.</summary>
    public Stated<string> CancelReason { get; init; }

    /// <summary>The EMR's own name of the appointment this one replaces (SCH-24 at Epic), or nothing.</summary>
    public Stated<string> Replaces { get; init; }

    /// <summary>What the visits of one series share (SCH-23, SCH-24); with <see cref="AppointmentChange.Discontinue"/> the series ends.</summary>
    public Stated<string> Series { get; init; }

    /// <summary>Who caused the change when the EMR says so: tells our own write-back's echo apart.</summary>
    public Stated<string> ChangedBy { get; init; }
}
