using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Operations.Retention;

/// <summary>How far a sweep has come, so that the next one does not go over what was kept again.</summary>
internal sealed class RetentionMark
{
    public required string Sweep { get; set; }

    /// <summary>Up to this id all has been looked at when it was old enough.</summary>
    public long UpTo { get; set; }

    /// <summary>When it last began at the beginning.</summary>
    public Instant BegunAt { get; set; }

    private sealed class Row : IEntityTypeConfiguration<RetentionMark>
    {
        public void Configure(EntityTypeBuilder<RetentionMark> builder)
        {
            builder.HasKey(mark => mark.Sweep);
            builder.Property(mark => mark.Sweep).HasMaxLength(40);
        }
    }
}
