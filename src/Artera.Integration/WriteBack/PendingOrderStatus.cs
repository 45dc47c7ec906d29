using System.Globalization;
using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>What became of a recall or a referral here, for the EMR to hear: at least once, in order for each of them.</summary>
public sealed class PendingOrderStatus : DueRow
{
    /// <summary>Where it is said.</summary>
    public required string Feed { get; set; }

    public required string Emr { get; set; }

    public required OrderKind Kind { get; set; }

    /// <summary>Our id of the recall or the referral.</summary>
    public required long OrderId { get; set; }

    public required OrderStatus Status { get; set; }

    /// <summary>The status again when an order has it once only: of two nodes that say it at once, the index turns one away.</summary>
    public OrderStatus? Once { get; init; }

    /// <summary>The visit that was booked for it.</summary>
    public long? AppointmentId { get; set; }

    public required Instant CreatedAt { get; set; }

    public WriteBackState State { get; set; } = WriteBackState.Pending;

    public int Attempts { get; set; }

    /// <summary>Why it waits: the name of an error, or one of <see cref="Causes"/>; never a path or patient data.</summary>
    public string? Cause { get; set; }

    public Instant? SettledAt { get; set; }

    /// <summary>The same on every attempt, and another after a database has started over.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"AO{Id}-{CreatedAt.ToUnixTimeSeconds() & 0xFFFFFF:X6}");

    public void Settle(WriteBackState state, string cause, Instant now) => (State, Cause, SettledAt) = (state, cause, now);

    /// <summary>It is said after all, by this feed.</summary>
    public void SayBy(string feed, string? cause, Instant now) =>
        (Feed, State, Cause, SettledAt, Attempts, DueAt) = (feed, WriteBackState.Pending, cause, null, 0, now);

    private sealed class Row : IEntityTypeConfiguration<PendingOrderStatus>
    {
        public void Configure(EntityTypeBuilder<PendingOrderStatus> builder)
        {
            builder.HasIndex(row => new { row.State, row.DueAt });
            builder.HasIndex(row => new { row.Kind, row.OrderId, row.Id });
            builder.HasIndex(row => new { row.Kind, row.OrderId, row.Once }).IsUnique().HasFilter("\"Once\" IS NOT NULL");
            builder.Ignore(row => row.Key);
        }
    }
}

public enum OrderKind
{
    Recall,
    Referral,
}

public enum OrderStatus
{
    /// <summary>The first message about it was handed to delivery.</summary>
    Contacted,

    /// <summary>A visit was booked that it asks for.</summary>
    Scheduled,

    /// <summary>That visit was cancelled, and the patient is called again.</summary>
    Reopened,
}
