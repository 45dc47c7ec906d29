using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Enterprise;

/// <summary>What the EMR schedules: a location, a provider, a device or something else.</summary>
public sealed class Resource : ISetting
{
    public long Id { get; private set; }

    public required string Emr { get; set; }

    public required ResourceKind Kind { get; set; }

    public required string ExternalId { get; set; }

    public required string Name { get; set; }

    /// <summary>The practice that owns it. A location without one is unmapped.</summary>
    public long? PracticeId { get; set; }

    /// <summary>The line that texts about it come from; null: the practice's first line.</summary>
    public long? LineId { get; set; }

    public string? Address { get; set; }

    public string? Phone { get; set; }

    private sealed class Row : IEntityTypeConfiguration<Resource>
    {
        public void Configure(EntityTypeBuilder<Resource> builder)
        {
            builder.HasIndex(resource => new { resource.Emr, resource.Kind, resource.ExternalId }).IsUnique();
            builder.HasOne<Practice>().WithMany().HasForeignKey(resource => resource.PracticeId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Line>().WithMany().HasForeignKey(resource => resource.LineId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

public enum ResourceKind
{
    Location,
    Provider,
    Device,
    General,
}
