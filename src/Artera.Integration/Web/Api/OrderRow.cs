using System.Text.Json.Serialization;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>What a patient is asked to come for.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RecallRow), "recall")]
[JsonDerivedType(typeof(ReferralRow), "referral")]
public abstract record OrderRow : IAboutPatient
{
    [JsonPropertyOrder(-1)]
    public required long Id { get; init; }

    public required string Emr { get; init; }

    public required string ExternalId { get; init; }

    public required string Feed { get; init; }

    public required long PatientId { get; init; }

    public required long? PracticeId { get; init; }

    public required Code Type { get; init; }

    public required string? Priority { get; init; }

    public required Code Provider { get; init; }

    public required Code Location { get; init; }

    /// <summary>The patient still has to come: the EMR has it as active and no visit is booked for it.</summary>
    public required bool Open { get; init; }

    /// <summary>The visit that was booked for it.</summary>
    public required long? AppointmentId { get; init; }

    /// <summary>Where the latest thing that the EMR is to hear of it stands; null when there is none.</summary>
    public required OrderStanding? InTheEmr { get; init; }

    /// <summary>When it became known here.</summary>
    public required Instant CreatedAt { get; init; }

    long? IAboutPatient.PatientId => PatientId;
}
