using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Delivery;

/// <summary>A number that wants nothing more from a line; covers everybody who shares the number.</summary>
public sealed class OptOut
{
    public long Id { get; private set; }

    public required long LineId { get; set; }

    /// <summary>E.164.</summary>
    public required string Number { get; set; }

    public required Instant Since { get; set; }

    /// <summary><c>reply</c>, <c>provider</c>, <c>emr</c>, or the user's name.</summary>
    public required string Source { get; set; }

    private sealed class Row : IEntityTypeConfiguration<OptOut>
    {
        public void Configure(EntityTypeBuilder<OptOut> builder) =>
            builder.HasIndex(optOut => new { optOut.Number, optOut.LineId }).IsUnique();
    }
}
