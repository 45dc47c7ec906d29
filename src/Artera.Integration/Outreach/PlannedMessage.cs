using System.Globalization;
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
    private const string ReferencePrefix = "planned:";

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

    /// <summary>How often sending it has broken off.</summary>
    public int Attempts { get; set; }

    /// <summary>What the outbound message knows the row by.</summary>
    internal static string ReferenceOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{ReferencePrefix}{id}");

    internal static long? ReadReference(string? reference) =>
        reference is not null && reference.StartsWith(ReferencePrefix, StringComparison.Ordinal)
        && long.TryParse(reference.AsSpan(ReferencePrefix.Length), CultureInfo.InvariantCulture, out var id) ? id : null;

    internal void PutOff(Instant due)
    {
        DueAt = due;
        Release();
    }

    /// <summary>What was queued did not leave or arrive, and the row is to be sent once more.</summary>
    /// <param name="reason">What the second message is, once it is sent.</param>
    internal void PlanAgain(Instant due, string? reason)
    {
        State = PlanState.Planned;
        Reason = reason;
        PutOff(due);
    }

    internal void SentAs(long outboundMessageId, Instant now)
    {
        State = PlanState.Sent;
        OutboundMessageId = outboundMessageId;
        DecidedAt = now;
        Release();
    }

    /// <summary>Another row's message tells of this one too.</summary>
    internal void ToldBy(long outboundMessageId, Instant now)
    {
        SentAs(outboundMessageId, now);
        Reason = Reasons.MergedInto;
    }

    /// <summary>Takes back what is still planned.</summary>
    internal void Withdraw(string reason, string? detail, Instant now)
    {
        State = PlanState.NotSent;
        Reason = reason;
        Detail = detail;
        DecidedAt = now;
        Release();
    }

    private sealed class Row : IEntityTypeConfiguration<PlannedMessage>
    {
        public void Configure(EntityTypeBuilder<PlannedMessage> builder)
        {
            // A worker whose claim has lapsed and was taken by another must not send.
            builder.Property(row => row.Claim).IsConcurrencyToken();
            builder.HasIndex(row => new { row.State, row.Module, row.DueAt });
            builder.HasIndex(row => new { row.Module, row.SubjectId, row.TriggerId, row.Anchor }).IsUnique();
            builder.HasIndex(row => row.PatientId);
            builder.HasIndex(row => row.TriggerId);
            builder.HasIndex(row => new { row.TriggerId, row.DueAt }).HasFilter("\"Module\" = 'Campaign' AND \"State\" = 'Planned'");
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
