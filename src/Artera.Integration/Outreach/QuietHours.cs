using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>When patients are left alone, in the practice's zone, and where a message goes that falls due then.</summary>
/// <param name="DayStart">The first minute of the day at which messages go out.</param>
/// <param name="DayEnd">The first minute at which they no longer do.</param>
/// <param name="Evening">Where a timed message of the late evening or the small hours goes: the evening before.</param>
/// <param name="EveningUntil">The last minute that still goes to the evening before; later ones wait for the day.</param>
internal sealed record QuietHours(LocalTime DayStart, LocalTime DayEnd, LocalTime Evening, LocalTime EveningUntil)
{
    public static readonly QuietHours Default = new(new(8, 0), new(21, 0), new(20, 45), new(2, 50));

    public bool Contain(LocalTime time) => time < DayStart || time >= DayEnd;

    /// <summary>The next start of a day at or after a quiet moment.</summary>
    public LocalDateTime Morning(LocalDateTime quiet) =>
        (quiet.TimeOfDay >= DayEnd ? quiet.Date.PlusDays(1) : quiet.Date) + DayStart;

    /// <summary>The evening before the night of a quiet moment.</summary>
    public LocalDateTime EveningBefore(LocalDateTime quiet) =>
        (quiet.TimeOfDay >= DayEnd ? quiet.Date : quiet.Date.PlusDays(-1)) + Evening;

    public bool BelongToTheEvening(LocalTime quiet) => quiet >= DayEnd || quiet <= EveningUntil;
}
