using System.Text.Json.Serialization;
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

    /// <summary>A patient's message came in.</summary>
    Received,
}

/// <summary>When a trigger sends: so many minutes, hours or days before or after its anchor.</summary>
public sealed record Timing
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public required Anchor Anchor { get; init; }

    /// <summary>Before the anchor rather than after it.</summary>
    public bool Before { get; init; }

    public int Minutes { get; init; }

    public int Hours { get; init; }

    public int Days { get; init; }

    public int Months { get; init; }

    /// <summary>For days and months: the clock time in the practice's zone, HH:mm; null keeps the anchor's own time.</summary>
    public string? At { get; init; }

    /// <summary>A closed day moves a "before" to the previous open day and an "after" to the next.</summary>
    public bool BusinessDays { get; init; }

    /// <summary>Sent because something has just happened, not because a day has come.</summary>
    [JsonIgnore]
    public bool IsInstant => Days == 0 && Months == 0 && Hours == 0 && At is null && Anchor is not (Anchor.Start or Anchor.Due);

    internal LocalTime? ClockTime => At is null ? null : Clock.Parse(At).Value;

    /// <summary>The moment that the words mean, before quiet hours and closed days have their say.</summary>
    internal Instant Count(Instant anchor, PracticeCalendar calendar)
    {
        var sign = Before ? -1 : 1;
        if (Days == 0 && Months == 0 && At is null)
            return anchor + (sign * Duration.FromMinutes((Hours * 60L) + Minutes));

        var local = calendar.Local(anchor);
        var date = local.Date.PlusMonths(sign * Months).PlusDays(sign * Days);
        var time = ClockTime ?? local.TimeOfDay;
        var moment = calendar.At(date + time);
        return Before || moment >= anchor ? moment : calendar.At(date.PlusDays(1) + time);
    }
}
