using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>A trigger was changed, and what it touches is planned again in the background, batch by batch; survives a restart.</summary>
public sealed class Replanning : DueRow
{
    public required TriggerModule Module { get; init; }

    /// <summary>Null: every practice.</summary>
    public long? PracticeId { get; init; }

    public required Instant StartedAt { get; set; }

    /// <summary>The practice that it is at, with visits.</summary>
    public long AtPractice { get; set; }

    /// <summary>The start of the last visit that was done.</summary>
    public Instant? AtStart { get; set; }

    /// <summary>The id of the last subject that was done.</summary>
    public long After { get; set; }

    internal PlanPlace Place
    {
        get => new(AtPractice, AtStart, After);
        set => (AtPractice, AtStart, After) = value;
    }

    /// <summary>How many visits, recalls or referrals are done.</summary>
    public int Done { get; set; }

    /// <summary>How many there were when it began; null until they are counted.</summary>
    public int? Of { get; set; }

    /// <summary>Null while it goes on.</summary>
    public Instant? FinishedAt { get; set; }

    private sealed class Row : IEntityTypeConfiguration<Replanning>
    {
        public void Configure(EntityTypeBuilder<Replanning> builder)
        {
            builder.Ignore(row => row.Place);
            builder.Property(row => row.Claim).IsConcurrencyToken();
            builder.HasIndex(row => new { row.FinishedAt, row.DueAt });
        }
    }
}
