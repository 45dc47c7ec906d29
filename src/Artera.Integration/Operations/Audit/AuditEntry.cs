using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Operations.Audit;

/// <summary>Who saw or changed what of whom. Only ever added to: a row cannot be updated, and nothing deletes one unless <c>Retention:AuditDays</c> says so.</summary>
public sealed class AuditEntry
{
    public long Id { get; private set; }

    public required Instant At { get; init; }

    /// <summary><c>loopback</c>, <c>key:NAME</c>, or the user's name.</summary>
    public required string Who { get; init; }

    /// <summary>A stable word, such as <c>read</c> or <c>answered</c>.</summary>
    public required string What { get; init; }

    /// <summary>The patient, unless what was seen belongs to nobody we know.</summary>
    public long? PatientId { get; init; }

    /// <summary>Through what: <c>appointment:17</c>, <c>channels</c>.</summary>
    public string? Subject { get; init; }

    private sealed class Row : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.HasIndex(entry => new { entry.PatientId, entry.At });
            builder.HasIndex(entry => entry.At);
            foreach (var property in builder.Metadata.GetProperties().Where(property => !property.IsPrimaryKey()))
                property.SetAfterSaveBehavior(PropertySaveBehavior.Throw);
        }
    }
}
