using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Referrals;

/// <summary>A patient is sent to somebody, and a visit has to be scheduled there.</summary>
public sealed class Referral
{
    /// <summary>The word for a visit that is scheduled; a mapping's table translates the EMR's into it.</summary>
    public const string Scheduled = "scheduled";

    public long Id { get; private set; }

    public required string Emr { get; set; }

    public required string ExternalId { get; set; }

    /// <summary>The feed that spoke of it last.</summary>
    public required string Feed { get; set; }

    public required long PatientId { get; set; }

    /// <summary>The practice that owns the location or the provider; null while nobody does, and then nobody is messaged.</summary>
    public long? PracticeId { get; set; }

    public string? TypeCode { get; set; }

    public string? TypeText { get; set; }

    public string? Priority { get; set; }

    /// <summary>Whether the visit is scheduled, as the EMR says it in the words of the mapping's table.</summary>
    public string? SchedulingStatus { get; set; }

    /// <summary>Whether the payer agrees, in the words of the mapping's table: <c>approved</c>, <c>pending</c>, <c>denied</c>, <c>expired</c>.</summary>
    public string? AuthorizationStatus { get; set; }

    /// <summary>To whom.</summary>
    public string? ProviderCode { get; set; }

    public string? ProviderText { get; set; }

    public string? LocationCode { get; set; }

    public string? LocationText { get; set; }

    /// <summary>Until when it is good.</summary>
    public LocalDate? ExpiresOn { get; set; }

    /// <summary>What the EMR says.</summary>
    public ReferralStatus Status { get; set; } = ReferralStatus.Active;

    /// <summary>The visit that was booked meanwhile.</summary>
    public long? AppointmentId { get; set; }

    /// <summary>When it became known here.</summary>
    public required Instant CreatedAt { get; set; }

    /// <summary>When <see cref="Scheduling"/> last changed.</summary>
    public Instant? SchedulingAt { get; set; }

    /// <summary>When <see cref="AuthorizationStatus"/> last changed.</summary>
    public Instant? AuthorizationAt { get; set; }

    /// <summary>The newest message that spoke of it.</summary>
    public MessageVersion Version { get; set; } = MessageVersion.None;

    /// <summary>The stored message behind <see cref="Version"/>.</summary>
    public long? InboxMessageId { get; set; }

    /// <summary>The scheduling status as it stands: a booked visit counts before the EMR says so.</summary>
    public string? Scheduling => AppointmentId is null ? SchedulingStatus : Scheduled;

    /// <summary>A visit still has to be scheduled.</summary>
    public bool IsOpen => Status == ReferralStatus.Active && !string.Equals(Scheduling, Scheduled, StringComparison.OrdinalIgnoreCase);

    private sealed class Row : IEntityTypeConfiguration<Referral>
    {
        public void Configure(EntityTypeBuilder<Referral> builder)
        {
            builder.HasIndex(referral => new { referral.Emr, referral.ExternalId }).IsUnique();
            builder.HasIndex(referral => referral.PatientId);
            builder.HasIndex(referral => new { referral.PracticeId, referral.Id });
            builder.HasIndex(referral => referral.AppointmentId);
            builder.HasOne<Patient>().WithMany().HasForeignKey(referral => referral.PatientId).OnDelete(DeleteBehavior.Restrict);
            builder.ComplexProperty(referral => referral.Version);
            builder.Ignore(referral => referral.Scheduling).Ignore(referral => referral.IsOpen);
        }
    }
}

public enum ReferralStatus
{
    Active,
    Completed,
    Cancelled,
}
