using System.Text;
using NodaTime;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>One answer of a patient, to be said to a FHIR server by the mapper.</summary>
public sealed record FhirWriteBackRequest
{
    /// <summary>What the patient answered.</summary>
    public required WriteBackVerb Verb { get; init; }

    /// <summary>The appointment's external id as the mapping read it.</summary>
    public required string AppointmentId { get; init; }

    /// <summary>The patient's external id as the mapping read it.</summary>
    public required string PatientId { get; init; }

    /// <summary>How the EMR's last message of the appointment refers to the patient, as <see cref="Mapper.ActorOf"/> gives it; null when that is not known.</summary>
    public string? Actor { get; init; }

    /// <summary>The same on every attempt; the identifier of an AppointmentResponse.</summary>
    public required string ControlId { get; init; }

    /// <summary>For <c>{now}</c>.</summary>
    public required Instant Now { get; init; }

    /// <summary>The patient's reason in a few words, for <c>{reason}</c>.</summary>
    public string? Reason { get; init; }
}

/// <summary>One request to a FHIR server, without what shows who we are.</summary>
/// <param name="Method">Such as <c>PATCH</c>.</param>
/// <param name="Address">Relative to the server's address; from the root of its host when it begins with a slash.</param>
public sealed record FhirStatement(string Method, string Address)
{
    /// <summary>If-Match, with the version that the change is of.</summary>
    public string? IfMatch { get; init; }

    /// <summary>If-None-Exist: the search that must find nothing.</summary>
    public string? IfNoneExist { get; init; }

    /// <summary>The media type of the body.</summary>
    public string? ContentType { get; init; }

    /// <summary>Empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Where the same is found if it was said before; null where the appointment itself tells.</summary>
    public string? SaidBefore { get; init; }

    /// <summary>The request as people read it.</summary>
    public byte[] ToBytes()
    {
        var head = new StringBuilder($"{Method} {Address}\n");
        if (IfMatch is not null)
            head.Append("If-Match: ").Append(IfMatch).Append('\n');
        if (IfNoneExist is not null)
            head.Append("If-None-Exist: ").Append(IfNoneExist).Append('\n');
        if (ContentType is not null)
            head.Append("Content-Type: ").Append(ContentType).Append('\n');
        return Body.IsEmpty ? Encoding.UTF8.GetBytes(head.ToString()) : [.. Encoding.UTF8.GetBytes(head.Append('\n').ToString()), .. Body.Span];
    }
}
