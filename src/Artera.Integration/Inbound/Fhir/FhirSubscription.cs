using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>A Subscription that we keep at a feed's server, as it was seen last.</summary>
public sealed class FhirSubscription
{
    public long Id { get; private set; }

    public required string Feed { get; set; }

    public required string Criteria { get; set; }

    /// <summary>Its logical id there; null while there is none.</summary>
    public string? ServerId { get; set; }

    /// <summary>requested, active, error or off.</summary>
    public string? Status { get; set; }

    public Instant? EndsAt { get; set; }

    /// <summary>When to look at it next.</summary>
    public Instant DueAt { get; set; }

    /// <summary>How often in a row it was not found active.</summary>
    public int Attempts { get; set; }

    /// <summary>Why nothing is to be expected of it, such as <c>http-403</c> or <c>error</c>; null when all is well.</summary>
    public string? Trouble { get; set; }

    public Instant? TroubleSince { get; set; }

    private sealed class Row : IEntityTypeConfiguration<FhirSubscription>
    {
        public void Configure(EntityTypeBuilder<FhirSubscription> builder) => builder.HasIndex(row => new { row.Feed, row.Criteria }).IsUnique();
    }
}
