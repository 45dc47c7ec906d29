using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Outreach;

/// <summary>What a trigger's time counts from.</summary>
public enum Anchor
{
    Booked,
    PatientStatusChanged,

    /// <summary>The time, date or location changed.</summary>
    Changed,
    Cancelled,

    /// <summary>The EMR says that the patient came, left or did not come.</summary>
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
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

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
    public bool IsInstant => Days == 0 && Months == 0 && Hours == 0 && At is null && Anchor is not (Anchor.Start or Anchor.Due);

    public bool IsBefore => Minutes < 0 || Hours < 0 || Days < 0 || Months < 0;

    internal LocalTime? ClockTime => At is null ? null : Clock.Parse(At).Value;

    /// <summary>The moment that the words mean, before quiet hours and closed days have their say.</summary>
    internal Instant Count(Instant anchor, PracticeCalendar calendar)
    {
        var elapsed = Duration.FromMinutes((Hours * 60L) + Minutes);
        if (Days == 0 && Months == 0 && At is null)
            return anchor + elapsed;

        var local = calendar.Local(anchor);
        return calendar.At(local.Date.PlusMonths(Months).PlusDays(Days) + (ClockTime ?? local.TimeOfDay)) + elapsed;
    }
}
