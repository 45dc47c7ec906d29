using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Enterprise;

/// <summary>The EMR's visit type, with what patients are told about it.</summary>
public sealed class EventType : ISetting
{
    public long Id { get; private set; }

    public required string Emr { get; set; }

    public required string ExternalId { get; set; }

    /// <summary>Patient-facing name, by language.</summary>
    public Dictionary<string, string> Name { get; set; } = [];

    /// <summary>Patient-facing instructions, by language.</summary>
    public Dictionary<string, string> Instructions { get; set; } = [];

    /// <summary>Codes of recalls and referrals that ask for such a visit, beside its own code.</summary>
    public List<string> Completes { get; set; } = [];

    private sealed class Row : IEntityTypeConfiguration<EventType>
    {
        public void Configure(EntityTypeBuilder<EventType> builder)
        {
            builder.HasIndex(type => new { type.Emr, type.ExternalId }).IsUnique();
            builder.Property(type => type.Name).AsJson();
            builder.Property(type => type.Instructions).AsJson();
            builder.Property(type => type.Completes).AsJson();
        }
    }
}
