using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Enterprise;

/// <summary>A text-enabled phone number of a practice.</summary>
public sealed class Line : ISetting
{
    public long Id { get; private set; }

    public required long PracticeId { get; set; }

    /// <summary>E.164.</summary>
    public required string Number { get; set; }

    public required string Name { get; set; }

    /// <summary>Replies get the one-way text and the channel stays closed.</summary>
    public bool OneWay { get; set; }

    private sealed class Row : IEntityTypeConfiguration<Line>
    {
        public void Configure(EntityTypeBuilder<Line> builder)
        {
            builder.HasIndex(line => line.Number).IsUnique();
            builder.HasOne<Practice>().WithMany().HasForeignKey(line => line.PracticeId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
