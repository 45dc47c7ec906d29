using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>
/// Where the answers of one feed go. Who holds its claim is the only one that sends there, on one node or many;
/// while it cannot be reached it is due later, and its answers wait with it.
/// </summary>
public sealed class EmrDestination : DueRow
{
    public required string Feed { get; set; }

    /// <summary>How often in a row it could not be reached.</summary>
    public int Failures { get; set; }

    public Instant? DownSince { get; set; }

    /// <summary>Why it could not be reached: a socket error's name, <c>connect-timeout</c> or <c>tls</c>.</summary>
    public string? Cause { get; set; }

    private sealed class Row : IEntityTypeConfiguration<EmrDestination>
    {
        public void Configure(EntityTypeBuilder<EmrDestination> builder) => builder.HasIndex(row => row.Feed).IsUnique();
    }
}
