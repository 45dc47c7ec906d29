using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Recalls;

/// <summary>A patient should be seen again by a certain day.</summary>
public sealed class Recall
{
    public long Id { get; private set; }

    public required string Emr { get; set; }

    public required string ExternalId { get; set; }

    /// <summary>The feed that spoke of it last.</summary>
    public required string Feed { get; set; }

    public required long PatientId { get; set; }

    /// <summary>The practice that owns the location; null while nobody does, and then nobody is messaged.</summary>
    public long? PracticeId { get; set; }

    /// <summary>When the patient should have been seen.</summary>
    public LocalDate? DueOn { get; set; }

    public string? TypeCode { get; set; }

    public string? TypeText { get; set; }

    public string? Priority { get; set; }

    public string? ProviderCode { get; set; }

    public string? ProviderText { get; set; }

    public string? LocationCode { get; set; }

    public string? LocationText { get; set; }

    /// <summary>What the EMR says.</summary>
    public RecallStatus Status { get; set; } = RecallStatus.Active;

    /// <summary>The visit that was booked meanwhile: the patient need not be called while it stands.</summary>
    public long? AppointmentId { get; set; }

    /// <summary>When it became known here.</summary>
    public required Instant CreatedAt { get; set; }

    /// <summary>The newest message that spoke of it.</summary>
    public MessageVersion Version { get; set; } = MessageVersion.None;

    /// <summary>The stored message behind <see cref="Version"/>.</summary>
    public long? InboxMessageId { get; set; }

    /// <summary>The patient still has to be called.</summary>
    public bool IsOpen => Status == RecallStatus.Active && AppointmentId is null;

    internal void Take(RecordRecall request)
    {
        var facts = request.Facts;
        (Feed, PatientId, Version) = (request.Feed, request.PatientId, request.Version);
        InboxMessageId = request.InboxMessageId ?? InboxMessageId;
        DueOn = facts.Due.Select<LocalDate?>(due => due).Over(DueOn);
        (TypeCode, TypeText) = facts.Type.Over(TypeCode, TypeText);
        Priority = facts.Priority.Over(Priority);
        (ProviderCode, ProviderText) = facts.Provider.Over(ProviderCode, ProviderText);
        (LocationCode, LocationText) = facts.Location.Over(LocationCode, LocationText);
        if (facts.Location.HasValue || request.PracticeId is not null)
            PracticeId = request.PracticeId;
        Status = facts.Change switch
        {
            OrderChange.Cancelled => RecallStatus.Cancelled,
            OrderChange.Completed => RecallStatus.Completed,
            _ => RecallStatus.Active,
        };
    }

    private sealed class Row : IEntityTypeConfiguration<Recall>
    {
        public void Configure(EntityTypeBuilder<Recall> builder)
        {
            builder.HasIndex(recall => new { recall.Emr, recall.ExternalId }).IsUnique();
            builder.HasIndex(recall => new { recall.PatientId, recall.DueOn });
            builder.HasIndex(recall => new { recall.PracticeId, recall.DueOn });
            builder.HasIndex(recall => recall.AppointmentId);
            builder.HasOne<Patient>().WithMany().HasForeignKey(recall => recall.PatientId).OnDelete(DeleteBehavior.Restrict);
            builder.ComplexProperty(recall => recall.Version);
            builder.Ignore(recall => recall.IsOpen);
        }
    }
}

public enum RecallStatus
{
    Active,

    /// <summary>Done, by the EMR's word.</summary>
    Completed,

    Cancelled,
}
