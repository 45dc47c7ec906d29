using System.Globalization;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>One answer that the EMR must hear: at least once, in order for one appointment, never blind.</summary>
public sealed class PendingWriteBack
{
    public long Id { get; private set; }

    public required string Feed { get; set; }

    public required long AppointmentId { get; set; }

    public required PatientStatus Status { get; set; }

    /// <summary>Who answered: <c>patient</c>, or the user's name.</summary>
    public required string By { get; set; }

    public required Instant CreatedAt { get; set; }

    /// <summary>When the appointment started at the time of the answer: what the answer is about.</summary>
    public Instant? StartsAt { get; set; }

    /// <summary>When the appointment had last moved at the time of the answer.</summary>
    public Instant? MovedAt { get; set; }

    public WriteBackState State { get; set; } = WriteBackState.Pending;

    /// <summary>When to look at the row (again).</summary>
    public required Instant DueAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>MSH-10 of what we send, once there is something to send; every attempt bears the same, so that the EMR can tell a resend.</summary>
    public string? ControlId { get; set; }

    /// <summary>What is sent, kept before it leaves.</summary>
    public byte[]? Sent { get; set; }

    /// <summary>True while it cannot be ruled out that the EMR has it: it left, and no answer said that it was not taken.</summary>
    public bool MayHaveArrived { get; set; }

    /// <summary>The EMR's latest answer, as received.</summary>
    public byte[]? Acknowledgement { get; set; }

    /// <summary>Why it waits, is parked or was settled without sending: one of <see cref="Causes"/>, or the EMR's codes. Never patient data.</summary>
    public string? Cause { get; set; }

    public Instant? SettledAt { get; set; }

    /// <summary>
    /// The row's id, and when it was first written: a database that starts over, or goes back to a backup, does not
    /// say another thing under a control id that the EMR has seen. It fits the 20 characters of HL7 2.3.
    /// </summary>
    public string NewControlId(Instant now) =>
        string.Create(CultureInfo.InvariantCulture, $"AW{Id}-{now.ToUnixTimeSeconds() & 0xFFFFFF:X6}");

    public void Settle(WriteBackState state, string? cause, Instant now)
    {
        State = state;
        Cause = cause;
        SettledAt = now;
    }

    private sealed class Row : IEntityTypeConfiguration<PendingWriteBack>
    {
        public void Configure(EntityTypeBuilder<PendingWriteBack> builder)
        {
            builder.HasIndex(row => new { row.State, row.Feed, row.Id });
            builder.HasIndex(row => new { row.AppointmentId, row.Id });
            builder.HasIndex(row => row.ControlId);
            builder.HasOne<Appointment>().WithMany().HasForeignKey(row => row.AppointmentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
