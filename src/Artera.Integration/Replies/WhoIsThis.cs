using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Replies;

/// <summary>A shared number was asked whom its answer is about; the choice holds for the conversation.</summary>
public sealed class WhoIsThis
{
    public long Id { get; private set; }

    public required long LineId { get; set; }

    public required string Number { get; set; }

    /// <summary>The patients in the order of the numbered list.</summary>
    public required List<long> PatientIds { get; set; }

    /// <summary>The text that waits for the choice; null when none does.</summary>
    public long? InboundTextId { get; set; }

    public required Instant AskedAt { get; set; }

    /// <summary>Null: not chosen yet, or all of the list.</summary>
    public long? ChosenPatientId { get; set; }

    public Instant? ChosenAt { get; set; }

    private sealed class Row : IEntityTypeConfiguration<WhoIsThis>
    {
        public void Configure(EntityTypeBuilder<WhoIsThis> builder)
        {
            builder.HasIndex(row => new { row.Number, row.LineId }).IsUnique();
            builder.PrimitiveCollection(row => row.PatientIds).ElementType();
            builder.Property(row => row.PatientIds).HasMaxLength(1000);
        }
    }
}
