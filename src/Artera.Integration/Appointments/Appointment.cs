using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Appointments;

public sealed class Appointment : INumbered
{
    public long Id { get; private set; }

    public required string Emr { get; set; }

    public required string ExternalId { get; set; }

    /// <summary>The feed that spoke of it last; answers go back that way.</summary>
    public required string Feed { get; set; }

    public required long PatientId { get; set; }

    /// <summary>The practice that owns the location; null while nobody does, and then nobody is messaged.</summary>
    public long? PracticeId { get; set; }

    /// <summary>Null until the EMR has said.</summary>
    public Instant? StartsAt { get; set; }

    /// <summary>The EMR gave a day and no time.</summary>
    public bool DayOnly { get; set; }

    public int? Minutes { get; set; }

    public string? TypeCode { get; set; }

    public string? TypeText { get; set; }

    public string? ProviderCode { get; set; }

    public string? ProviderText { get; set; }

    public string? LocationCode { get; set; }

    public string? LocationText { get; set; }

    public string? DeviceCode { get; set; }

    /// <summary>What else is booked with it: a room, a team, a service.</summary>
    public string? GeneralCode { get; set; }

    public EmrStatus SystemStatus { get; set; } = EmrStatus.Booked;

    /// <summary>When that last changed, by our clock.</summary>
    public Instant SystemStatusAt { get; set; }

    public PatientStatus PatientStatus { get; set; } = PatientStatus.Unconfirmed;

    /// <summary>When it became known here.</summary>
    public required Instant BookedAt { get; set; }

    /// <summary>When the time, date or location last changed.</summary>
    public Instant? ChangedAt { get; set; }

    public Instant? CancelledAt { get; set; }

    /// <summary>When the patient (or staff for the patient) last answered.</summary>
    public Instant? PatientStatusAt { get; set; }

    /// <summary>What the visits of one series share.</summary>
    public string? Series { get; set; }

    /// <summary>The EMR's id of the visit that this one was booked instead of.</summary>
    public string? Replaces { get; set; }

    /// <summary>
    /// The visit whose place this one took in one go: the EMR moves a visit by cancelling it and booking another. The patient
    /// is told of a change, and not of a cancellation and a booking.
    /// </summary>
    public long? ReplacesId { get; set; }

    /// <summary>The visit that took the place of this one: nothing more is said of this one.</summary>
    public long? ReplacedById { get; set; }

    /// <summary>The newest message that spoke of the appointment.</summary>
    public MessageVersion Version { get; set; } = MessageVersion.None;

    /// <summary>The stored message behind <see cref="Version"/>; the write-back keeps its segments.</summary>
    public long? InboxMessageId { get; set; }

    public bool IsLive => SystemStatus is EmrStatus.Booked or EmrStatus.Confirmed && ReplacedById is null;

    private sealed class Row : IEntityTypeConfiguration<Appointment>
    {
        public void Configure(EntityTypeBuilder<Appointment> builder)
        {
            builder.HasIndex(appointment => new { appointment.Emr, appointment.ExternalId }).IsUnique();
            builder.HasIndex(appointment => new { appointment.PatientId, appointment.StartsAt });
            builder.HasIndex(appointment => new { appointment.PracticeId, appointment.StartsAt });
            builder.HasOne<Patient>().WithMany().HasForeignKey(appointment => appointment.PatientId).OnDelete(DeleteBehavior.Restrict);
            builder.ComplexProperty(appointment => appointment.Version);
            builder.Ignore(appointment => appointment.IsLive);
        }
    }
}

/// <summary>What the patient answered.</summary>
public enum PatientStatus
{
    Unconfirmed,
    Confirmed,
    Cancelled,
    RescheduleRequested,
}
