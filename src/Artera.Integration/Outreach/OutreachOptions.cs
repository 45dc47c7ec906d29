using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>The section <c>Outreach</c>.</summary>
public sealed class OutreachOptions : IValidatableObject
{
    /// <summary>How often planned messages are looked through for due ones. Default: one second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many due messages one look takes at a time. Default: 100.</summary>
    [Range(1, 10_000)]
    public int ClaimSize { get; set; } = 100;

    /// <summary>How many messages of campaigns may wait for their provider at a time; the others wait in the plan, where a pause holds them. Default: 500.</summary>
    [Range(1, 30_000)]
    public int BulkAhead { get; set; } = 500;

    /// <summary>After how long a message that a node took and never finished, because it died, is another's. Default: 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How late a timed message may still go out, after an outage say; later than that it is not sent. Default: twelve hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan LateBy { get; set; } = TimeSpan.FromHours(12);

    /// <summary>From when in the day patients are messaged, in the practice's zone. Default: 08:00.</summary>
    public TimeOnly DayStart { get; set; } = new(8, 0);

    /// <summary>From when on they no longer are. Default: 21:00.</summary>
    public TimeOnly DayEnd { get; set; } = new(21, 0);

    /// <summary>Where a timed message goes that falls due in the first part of the night: this time the evening before. Default: 20:45.</summary>
    public TimeOnly Evening { get; set; } = new(20, 45);

    /// <summary>The end of that first part of the night; later messages wait for <see cref="DayStart"/>. Default: 02:50.</summary>
    public TimeOnly EveningUntil { get; set; } = new(2, 50);

    internal QuietHours Quiet => new(
        LocalTime.FromTimeOnly(DayStart), LocalTime.FromTimeOnly(DayEnd), LocalTime.FromTimeOnly(Evening), LocalTime.FromTimeOnly(EveningUntil));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DayStart >= DayEnd)
            yield return new ValidationResult("DayStart must be before DayEnd", [nameof(DayStart)]);
        if (Evening < DayStart || Evening >= DayEnd)
            yield return new ValidationResult("Evening must lie between DayStart and DayEnd", [nameof(Evening)]);
        if (EveningUntil >= DayStart)
            yield return new ValidationResult("EveningUntil must be before DayStart", [nameof(EveningUntil)]);
    }
}
