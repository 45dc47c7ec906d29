namespace Artera.Integration.Outreach;

/// <summary>What a trigger's time counts from.</summary>
public enum Anchor
{
    Booked,
    PatientStatusChanged,
    Changed,
    Cancelled,

    /// <summary>The EMR gave the appointment another status: arrived, completed, no-show.</summary>
    SystemStatusChanged,
    Start,
    Created,
    Due,
    SchedulingStatusChanged,
    AuthorizationStatusChanged,
}

/// <summary>When a trigger sends: so many minutes, hours or days before or after its anchor.</summary>
public sealed record Timing
{
    public required Anchor Anchor { get; init; }

    /// <summary>Negative is before.</summary>
    public int Minutes { get; init; }

    public int Hours { get; init; }

    public int Days { get; init; }

    public int Months { get; init; }

    /// <summary>For days and months: the clock time in the practice's zone, HH:mm; null keeps the anchor's own time.</summary>
    public string? At { get; init; }

    /// <summary>A closed day moves a "before" to the previous open day and an "after" to the next.</summary>
    public bool BusinessDays { get; init; }

    /// <summary>Sent because something has just happened, not because a day has come.</summary>
    public bool IsInstant => Days == 0 && Months == 0 && Hours == 0 && Anchor is not (Anchor.Start or Anchor.Due);
}
