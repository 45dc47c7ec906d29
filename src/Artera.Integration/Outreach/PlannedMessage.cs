using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>
/// What one trigger decided about one subject: planned for when, sent, or not and why. The plan and the
/// ledger of decisions are the same rows, so they cannot disagree.
/// </summary>
public sealed class PlannedMessage : DueRow
{
    public required long TriggerId { get; set; }

    public required long PatientId { get; set; }

    public required TriggerModule Module { get; set; }

    /// <summary>The appointment, recall or referral.</summary>
    public required long SubjectId { get; set; }

    /// <summary>
    /// What the timing counts from (booked, start, status change). A new anchor is a new decision; the row of
    /// the old one stays as history.
    /// </summary>
    public required Instant Anchor { get; set; }

    public required PlanState State { get; set; }

    /// <summary>Why it is not sent, or what became of it: a stable word of <see cref="Reasons"/>.</summary>
    public string? Reason { get; set; }

    /// <summary>Which filter, which quiet-hours rule: words for the ledger, without patient data.</summary>
    public string? Detail { get; set; }

    public required Instant DecidedAt { get; set; }

    /// <summary>The message that went out.</summary>
    public long? OutboundMessageId { get; set; }

    public int Attempts { get; set; }

    private sealed class Row : IEntityTypeConfiguration<PlannedMessage>
    {
        public void Configure(EntityTypeBuilder<PlannedMessage> builder)
        {
            // A worker whose claim has lapsed and was taken by another must not send.
            builder.Property(row => row.Claim).IsConcurrencyToken();
            builder.HasIndex(row => new { row.State, row.Module, row.DueAt });
            builder.HasIndex(row => new { row.Module, row.SubjectId, row.TriggerId, row.Anchor }).IsUnique();
            builder.HasIndex(row => row.PatientId);
            builder.HasOne<Trigger>().WithMany().HasForeignKey(row => row.TriggerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

public enum PlanState
{
    /// <summary>To be sent at its time.</summary>
    Planned,

    /// <summary>Handed to delivery.</summary>
    Sent,

    /// <summary>Not sent, for the reason given.</summary>
    NotSent,
}
