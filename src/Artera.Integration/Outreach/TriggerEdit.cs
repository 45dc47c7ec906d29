using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>One change of a trigger, or of what a practice makes of it: who, when, and how it read before and after.</summary>
public sealed class TriggerEdit
{
    public long Id { get; private set; }

    public required long TriggerId { get; init; }

    /// <summary>Set when a practice changed what a default means to it.</summary>
    public long? PracticeId { get; init; }

    public required Instant At { get; init; }

    /// <summary><c>file</c>, <c>loopback</c>, <c>key:NAME</c>, or the user's name.</summary>
    public required string Who { get; init; }

    /// <summary>YAML; null when it was new.</summary>
    public string? Before { get; init; }

    /// <summary>YAML.</summary>
    public required string After { get; init; }

    private sealed class Row : IEntityTypeConfiguration<TriggerEdit>
    {
        public void Configure(EntityTypeBuilder<TriggerEdit> builder)
        {
            builder.HasIndex(edit => new { edit.TriggerId, edit.Id });
            builder.Property(edit => edit.Before).Metadata.SetMaxLength(null);
            builder.Property(edit => edit.After).Metadata.SetMaxLength(null);
            builder.HasOne<Trigger>().WithMany().HasForeignKey(edit => edit.TriggerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
