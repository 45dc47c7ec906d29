using Artera.Integration.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Channels;

/// <summary>One line of a conversation: something said, or an event message that records what happened.</summary>
public sealed class ChannelLine
{
    public long Id { get; private set; }

    public long ChannelId { get; set; }

    public required LineKind Kind { get; set; }

    public required Instant At { get; set; }

    /// <summary>What was said, or the event in words; never sent when it is an event.</summary>
    public required string Body { get; set; }

    public Medium? Medium { get; set; }

    /// <summary>A stable word for an event message, such as <c>confirmed</c> or <c>opted-out</c>.</summary>
    public string? Event { get; set; }

    public long? OutboundMessageId { get; set; }

    public long? InboundTextId { get; set; }

    public long? AppointmentId { get; set; }

    /// <summary>Null: automatic, or the patient.</summary>
    public string? By { get; set; }

    private sealed class Row : IEntityTypeConfiguration<ChannelLine>
    {
        public void Configure(EntityTypeBuilder<ChannelLine> builder)
        {
            builder.Property(line => line.Body).HasMaxLength(4000);
            builder.HasIndex(line => new { line.ChannelId, line.At });
            builder.HasIndex(line => line.OutboundMessageId);
            builder.HasIndex(line => line.InboundTextId);
            builder.HasOne<PatientChannel>().WithMany().HasForeignKey(line => line.ChannelId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

public enum LineKind
{
    Inbound,
    Outbound,
    Event,
}
