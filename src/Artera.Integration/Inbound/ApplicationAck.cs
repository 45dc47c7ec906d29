using Artera.Integration.Data;
using Artera.Integration.Mapping.Hl7;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>
/// The application acknowledgement that a message in enhanced mode is owed once it has been dealt with (HL7 v2 chapter 2
/// §2.9.3.2): a message of our own, which the EMR acknowledges in turn. Who has claimed the oldest of a feed has the queue.
/// </summary>
public sealed class ApplicationAck : DueRow
{
    public required string Feed { get; set; }

    public required long InboxMessageId { get; set; }

    /// <summary>MSA-1.</summary>
    public required AckCode Code { get; set; }

    /// <summary>Our MSH-10, the same at every attempt.</summary>
    public required string ControlId { get; set; }

    public required byte[] Message { get; set; }

    public required Instant CreatedAt { get; set; }

    public ApplicationAckState State { get; set; }

    /// <summary>How often it has left; attempts that found nobody listening do not count.</summary>
    public int Attempts { get; set; }

    /// <summary>Why it waits or was given up: the EMR's code, or a word for why there was no answer.</summary>
    public string? Cause { get; set; }

    /// <summary>The EMR's own acknowledgement of it, as received.</summary>
    public byte[]? Reply { get; set; }

    public Instant? SettledAt { get; set; }

    private sealed class Row : IEntityTypeConfiguration<ApplicationAck>
    {
        public void Configure(EntityTypeBuilder<ApplicationAck> builder)
        {
            builder.HasIndex(ack => ack.InboxMessageId).IsUnique();
            builder.HasIndex(ack => new { ack.Feed, ack.Id }).HasFilter("\"State\" = 'Pending'");
            builder.HasOne<InboxMessage>().WithMany().HasForeignKey(ack => ack.InboxMessageId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

public enum ApplicationAckState
{
    Pending,

    /// <summary>The EMR has it (CA).</summary>
    Taken,

    /// <summary>The EMR refused it (CR), or did not take it often enough.</summary>
    GivenUp,
}
