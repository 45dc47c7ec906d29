using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Delivery;

/// <summary>One try over one medium: recorded before it leaves, settled after.</summary>
public sealed class Attempt
{
    public long Id { get; private set; }

    public required long OutboundMessageId { get; set; }

    public required int Number { get; set; }

    public required Instant StartedAt { get; set; }

    /// <summary>Null while nobody knows whether it arrived at the provider.</summary>
    public Instant? SettledAt { get; set; }

    /// <summary>The name of the outcome, such as <c>Accepted</c> or <c>OptedOut</c>.</summary>
    public string? Outcome { get; set; }

    public string? Code { get; set; }

    /// <summary>The provider's id of what this attempt became: each call of a message has its own.</summary>
    public string? ProviderId { get; set; }

    /// <summary>How often the provider was asked whether it has the message.</summary>
    public int Looks { get; set; }

    /// <summary>When a look first missed it. One miss proves nothing: the provider may list it late.</summary>
    public Instant? MissedAt { get; set; }

    private sealed class Row : IEntityTypeConfiguration<Attempt>
    {
        public void Configure(EntityTypeBuilder<Attempt> builder)
        {
            builder.HasIndex(attempt => new { attempt.OutboundMessageId, attempt.Number }).IsUnique();
            builder.HasOne<OutboundMessage>().WithMany().HasForeignKey(attempt => attempt.OutboundMessageId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
