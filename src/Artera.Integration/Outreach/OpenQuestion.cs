using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>
/// A message that asked about an appointment: open from when it is sent until the appointment starts, is
/// cancelled, or is answered. A message that lists several appointments opens one question for each.
/// </summary>
public sealed class OpenQuestion
{
    public long Id { get; private set; }

    public required long LineId { get; set; }

    /// <summary>The number that was asked, E.164.</summary>
    public required string Number { get; set; }

    public required long PatientId { get; set; }

    public required long AppointmentId { get; set; }

    public required long OutboundMessageId { get; set; }

    public required Instant AskedAt { get; set; }

    /// <summary>When the appointment starts.</summary>
    public required Instant ClosesAt { get; set; }

    public QuestionState State { get; set; } = QuestionState.Open;

    private sealed class Row : IEntityTypeConfiguration<OpenQuestion>
    {
        public void Configure(EntityTypeBuilder<OpenQuestion> builder)
        {
            builder.HasIndex(question => new { question.Number, question.LineId, question.State, question.AskedAt });
            builder.HasIndex(question => question.AppointmentId);
            builder.HasIndex(question => question.PatientId);
        }
    }
}

public enum QuestionState
{
    Open,

    /// <summary>Answered; a change of mind is still taken until the visit.</summary>
    Answered,

    /// <summary>The appointment moved, was cancelled, or started.</summary>
    Closed,
}
