using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>How far a Subscription's events have been counted.</summary>
public sealed class FhirCounter
{
    public long Id { get; private set; }

    public required string Feed { get; set; }

    /// <summary>Such as <c>Subscription/12</c>.</summary>
    public required string Subscription { get; set; }

    public required long Seen { get; set; }

    private sealed class Row : IEntityTypeConfiguration<FhirCounter>
    {
        public void Configure(EntityTypeBuilder<FhirCounter> builder) => builder.HasIndex(row => new { row.Feed, row.Subscription }).IsUnique();
    }
}

/// <summary>Events of a Subscription that have not come, by their numbers.</summary>
public sealed class FhirGap
{
    public long Id { get; private set; }

    public required string Feed { get; set; }

    public required string Subscription { get; set; }

    public required long First { get; set; }

    public required long Last { get; set; }

    public required Instant SeenAt { get; set; }

    /// <summary>When they are asked for; until then they may come by themselves.</summary>
    public required Instant DueAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>Why they could not be asked for; null while nobody has tried.</summary>
    public string? Trouble { get; set; }

    private sealed class Row : IEntityTypeConfiguration<FhirGap>
    {
        public void Configure(EntityTypeBuilder<FhirGap> builder) => builder.HasIndex(row => new { row.Feed, row.Subscription });
    }
}
