using Artera.Integration.Appointments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>A visit that the patient is about to be reminded of, and that is read again first: deletes are told by nobody.</summary>
public sealed class FhirRead
{
    public long Id { get; private set; }

    public required string Feed { get; set; }

    public required long AppointmentId { get; set; }

    public required Instant AskedAt { get; set; }

    /// <summary>When the patient is reminded although the server has not answered.</summary>
    public required Instant GiveUpAt { get; set; }

    /// <summary>When to ask (again).</summary>
    public required Instant DueAt { get; set; }

    /// <summary>When the server answered, or refused; null while it has not.</summary>
    public Instant? AnsweredAt { get; set; }

    /// <summary>The version that it told of and that we did not know; the reminder waits until it is applied.</summary>
    public long? InboxMessageId { get; set; }

    public int Attempts { get; set; }

    /// <summary>Why there is no answer, such as <c>http-503</c>.</summary>
    public string? Trouble { get; set; }

    private sealed class Row : IEntityTypeConfiguration<FhirRead>
    {
        public void Configure(EntityTypeBuilder<FhirRead> builder)
        {
            builder.HasIndex(row => row.AppointmentId).IsUnique();
            builder.HasIndex(row => new { row.AnsweredAt, row.DueAt });
            builder.HasOne<Appointment>().WithMany().HasForeignKey(row => row.AppointmentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
