using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Outreach;

/// <summary>What a practice makes of a default of the enterprise: started, paused or restricted. All else stays the default's, wherever that changes.</summary>
public sealed class PracticeChoice : ISetting
{
    public long Id { get; private set; }

    public required long TriggerId { get; set; }

    public required long PracticeId { get; set; }

    /// <summary>Null: as the default.</summary>
    public bool? Running { get; set; }

    /// <summary>What must hold here beside the default's own filters.</summary>
    public TriggerFilters Filters { get; set; } = new();

    private sealed class Row : IEntityTypeConfiguration<PracticeChoice>
    {
        public void Configure(EntityTypeBuilder<PracticeChoice> builder)
        {
            builder.HasIndex(choice => new { choice.TriggerId, choice.PracticeId }).IsUnique();
            builder.HasIndex(choice => choice.PracticeId);
            builder.HasOne<Trigger>().WithMany().HasForeignKey(choice => choice.TriggerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Practice>().WithMany().HasForeignKey(choice => choice.PracticeId).OnDelete(DeleteBehavior.Restrict);
            builder.Property(choice => choice.Filters).AsJson();
        }
    }
}
