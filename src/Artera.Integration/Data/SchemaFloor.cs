using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Artera.Integration.Data;

/// <summary>
/// Which servers may still work with the schema, as the schema itself says: an older server meets a newer schema whenever
/// several nodes are upgraded one after the other. What only adds leaves the number alone; what takes away something that
/// servers up to some generation read or write raises it above theirs, and the migration carries the change.
/// </summary>
public sealed class SchemaFloor
{
    /// <summary>This server's. One more in a release that does without something, so that a later release may take it away.</summary>
    public const int ThisServer = 1;

    /// <summary>The oldest generation of servers that works with this release's schema.</summary>
    private const int OldestServer = 1;

    public int Id { get; private set; } = 1;

    /// <summary>The oldest generation of servers that works with the schema.</summary>
    public int Generation { get; private set; } = OldestServer;

    private sealed class Row : IEntityTypeConfiguration<SchemaFloor>
    {
        public void Configure(EntityTypeBuilder<SchemaFloor> builder)
        {
            builder.Property(row => row.Id).ValueGeneratedNever();
            builder.HasData(new SchemaFloor());
        }
    }
}
