using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Enterprise;

/// <summary>A day on which the enterprise, or one practice, is closed.</summary>
public sealed class Holiday : ISetting
{
    public long Id { get; private set; }

    public required long HealthSystemId { get; set; }

    /// <summary>Null: the whole enterprise.</summary>
    public long? PracticeId { get; set; }

    public required string Name { get; set; }

    public required LocalDate Date { get; set; }

    /// <summary>The same day every year.</summary>
    public bool Yearly { get; set; }

    /// <summary>A practice stays open although the enterprise is closed.</summary>
    public bool OpenAnyway { get; set; }

    private sealed class Row : IEntityTypeConfiguration<Holiday>
    {
        public void Configure(EntityTypeBuilder<Holiday> builder)
        {
            builder.HasIndex(holiday => new { holiday.HealthSystemId, holiday.Date });
            builder.HasOne<HealthSystem>().WithMany().HasForeignKey(holiday => holiday.HealthSystemId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Practice>().WithMany().HasForeignKey(holiday => holiday.PracticeId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
