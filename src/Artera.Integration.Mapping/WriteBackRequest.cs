using NodaTime;

namespace Artera.Integration.Mapping;

/// <summary>One answer of a patient, to be said to the EMR by the mapper.</summary>
public sealed record WriteBackRequest
{
    /// <summary>What the patient answered.</summary>
    public required WriteBackVerb Verb { get; init; }

    /// <summary>The appointment's external id as the mapping read it; the message will name this one and no other.</summary>
    public required string AppointmentId { get; init; }

    /// <summary>The patient's external id as the mapping read it.</summary>
    public required string PatientId { get; init; }

    /// <summary>When the visit starts, in the EMR's local time; used when no message of the EMR is at hand.</summary>
    public LocalDateTime? Start { get; init; }

    /// <summary>MSH-10; the same on every attempt, so that the EMR can tell a resend.</summary>
    public required string ControlId { get; init; }

    /// <summary>MSH-7, in the EMR's local time.</summary>
    public required LocalDateTime Now { get; init; }

    /// <summary>The patient's reason in a few words, for <c>{reason}</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The last scheduling message that the EMR sent of this appointment, as received. The answer keeps its ids and
    /// segments, the Z-segments too, and changes only the header and the paths that the mapping lists; notes, other
    /// patients of a group visit and resources that the message took away do not go back. Without it, or when it speaks
    /// of another patient because of a merge since, a minimal message is built.
    /// </summary>
    public ReadOnlyMemory<byte>? LastMessage { get; init; }
}
