using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Delivery.Sandbox;

/// <summary>A message that "arrived" on the sandbox phone.</summary>
public sealed class SandboxText
{
    public long Id { get; private set; }

    public required long OutboundMessageId { get; set; }

    public required string LineNumber { get; set; }

    public required string To { get; set; }

    public required string Body { get; set; }

    public required Medium Medium { get; set; }

    public required Instant At { get; set; }

    private sealed class Row : IEntityTypeConfiguration<SandboxText>
    {
        public void Configure(EntityTypeBuilder<SandboxText> builder)
        {
            builder.Property(text => text.Body).HasMaxLength(4000);
            builder.HasIndex(text => text.OutboundMessageId).IsUnique();
            builder.HasIndex(text => new { text.To, text.Id });
        }
    }
}
