using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>One answer that the EMR must hear: at least once, in order for one appointment, never blind.</summary>
public sealed class PendingWriteBack : DueRow
{
    public required string Feed { get; set; }

    public required long AppointmentId { get; set; }

    public required PatientStatus Status { get; set; }

    public required Instant CreatedAt { get; set; }

    public WriteBackState State { get; set; } = WriteBackState.Pending;

    public int Attempts { get; set; }

    /// <summary>MSH-10 of what we send; the same on every attempt, so that the EMR can tell a resend.</summary>
    public required string ControlId { get; set; }

    /// <summary>What was sent, as sent.</summary>
    public byte[]? Sent { get; set; }

    /// <summary>The EMR's acknowledgement, as received.</summary>
    public byte[]? Acknowledgement { get; set; }

    /// <summary>Why it is parked or waits: a code, without patient data.</summary>
    public string? Cause { get; set; }

    public Instant? DoneAt { get; set; }

    private sealed class Row : IEntityTypeConfiguration<PendingWriteBack>
    {
        public void Configure(EntityTypeBuilder<PendingWriteBack> builder)
        {
            builder.HasIndex(row => new { row.State, row.Feed, row.DueAt });
            builder.HasIndex(row => new { row.AppointmentId, row.Id });
            builder.HasIndex(row => row.ControlId);
        }
    }
}

public enum WriteBackState
{
    /// <summary>Waits for its turn or its next attempt.</summary>
    Pending,

    /// <summary>The EMR took it.</summary>
    Done,

    /// <summary>A person must look: refused, or the visit moved meanwhile.</summary>
    Parked,

    /// <summary>A newer answer for the same appointment made it pointless before it left.</summary>
    Superseded,

    /// <summary>The EMR's mapping says that it does not take this answer.</summary>
    NotSupported,
}
