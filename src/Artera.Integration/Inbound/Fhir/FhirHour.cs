using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>How many notifications a feed brought in an hour in which we listened; none is a number too.</summary>
public sealed class FhirHour
{
    public long Id { get; private set; }

    public required string Feed { get; set; }

    /// <summary>When the hour began.</summary>
    public required Instant Hour { get; set; }

    public int Heard { get; set; }

    private sealed class Row : IEntityTypeConfiguration<FhirHour>
    {
        public void Configure(EntityTypeBuilder<FhirHour> builder) => builder.HasIndex(row => new { row.Feed, row.Hour }).IsUnique();
    }
}

/// <summary>A feed from which nothing came since a time at which it usually brings much.</summary>
public sealed class FhirSilence
{
    public long Id { get; private set; }

    public required string Feed { get; set; }

    public required Instant Since { get; set; }

    private sealed class Row : IEntityTypeConfiguration<FhirSilence>
    {
        public void Configure(EntityTypeBuilder<FhirSilence> builder) => builder.HasIndex(row => row.Feed).IsUnique();
    }
}
