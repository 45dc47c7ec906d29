using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Delivery.Pacing;

/// <summary>
/// How far a line has used up what it may send: one row for all nodes, so that several send no faster than one. Whoever
/// takes messages of the line moves the row on in the same transaction, and takes none when somebody else has just done so.
/// </summary>
public sealed class LinePace
{
    /// <summary>All texts together, whichever line they come from.</summary>
    public const string AllTexts = "Sms:all";

    /// <summary>The medium and the line, such as <c>Sms:12</c>.</summary>
    public required string Sender { get; init; }

    /// <summary>When all that was taken so far has left at the line's rate.</summary>
    public required Instant FreeAt { get; set; }

    /// <summary>The provider has asked for a pause until then.</summary>
    public Instant? PausedUntil { get; set; }

    /// <summary>Another one with each change.</summary>
    public required Guid Turn { get; set; }

    public static string SenderOf(Medium medium, long lineId) => string.Create(CultureInfo.InvariantCulture, $"{medium}:{lineId}");

    private sealed class Row : IEntityTypeConfiguration<LinePace>
    {
        public void Configure(EntityTypeBuilder<LinePace> builder)
        {
            builder.HasKey(pace => pace.Sender);
            builder.Property(pace => pace.Sender).HasMaxLength(40);
        }
    }
}
