using Artera.Integration.Data;
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

    /// <summary><c>reply</c>, <c>provider</c>, <c>emr</c>, <c>link</c>, <c>call</c>, or the user's name.</summary>
    public required string Source { get; set; }

    private sealed class Row : IEntityTypeConfiguration<OptOut>
    {
        public void Configure(EntityTypeBuilder<OptOut> builder) =>
            builder.HasIndex(optOut => new { optOut.Number, optOut.LineId }).IsUnique();
    }
}

public static class Consent
{
    /// <summary>Whether the number wants nothing more from the line. Binds everything, by hand or automatic, over any medium.</summary>
    /// <param name="db">In a command: sees what the same transaction has written.</param>
    /// <param name="lineId">The line.</param>
    /// <param name="number">E.164.</param>
    /// <param name="cancellation">Stops the query.</param>
    public static Task<bool> IsOptedOut(this IntegrationDb db, long lineId, string number, CancellationToken cancellation) =>
        db.Set<OptOut>().AnyAsync(optOut => optOut.Number == number && optOut.LineId == lineId, cancellation);
}
