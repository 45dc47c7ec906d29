using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Delivery;

/// <summary>What a patient sent: kept before the provider hears that we have it, understood afterwards.</summary>
public sealed class InboundText : DueRow
{
    /// <summary>The provider's own id; the same id twice is the same text.</summary>
    public required string ProviderId { get; set; }

    /// <summary>The patient's number, E.164.</summary>
    public required string From { get; set; }

    /// <summary>The line's number, E.164.</summary>
    public required string To { get; set; }

    public required string Body { get; set; }

    /// <summary>Pictures and other attachments that came with it; they are not fetched.</summary>
    public int MediaCount { get; set; }

    /// <summary>What the carrier itself took it for and acted on: <c>STOP</c>, <c>START</c>, <c>HELP</c>, or null.</summary>
    public string? CarrierKeyword { get; set; }

    public required Instant ReceivedAt { get; set; }

    public bool Understood { get; set; }

    /// <summary>What it was taken for, such as <c>confirm</c>, <c>opt-out</c> or <c>plain</c>.</summary>
    public string? Meaning { get; set; }

    public int Attempts { get; set; }

    private sealed class Row : IEntityTypeConfiguration<InboundText>
    {
        public void Configure(EntityTypeBuilder<InboundText> builder)
        {
            builder.Property(text => text.Body).HasMaxLength(4000);
            builder.HasIndex(text => text.ProviderId).IsUnique();
            builder.HasIndex(text => new { text.Understood, text.DueAt });
            builder.HasIndex(text => new { text.Understood, text.From, text.Id });
        }
    }
}
