using System.Text.Json;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Fhir;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.WriteBack;

/// <summary>What a FHIR server is to hear, before it was asked how it has the visit.</summary>
/// <param name="Start">When the visit started at the time of the answer.</param>
/// <param name="Id">The appointment's logical id, where the EMR's last message had it.</param>
internal sealed record FhirOrder(FhirWriteBackRequest Request, Instant? Start, string? Id)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new Kept(
        Request.Verb, Request.AppointmentId, Request.PatientId, Request.ControlId, InstantPattern.ExtendedIso.Format(Request.Now),
        Start is { } start ? InstantPattern.ExtendedIso.Format(start) : null, Id, Request.Actor));

    public static FhirOrder Read(ReadOnlyMemory<byte> bytes)
    {
        var kept = JsonSerializer.Deserialize<Kept>(bytes.Span)!;
        var request = new FhirWriteBackRequest
        {
            Verb = kept.Verb,
            AppointmentId = kept.Appointment,
            PatientId = kept.Patient,
            Actor = kept.Actor,
            ControlId = kept.ControlId,
            Now = InstantPattern.ExtendedIso.Parse(kept.Now).Value,
        };
        return new(request, kept.Start is { } start ? InstantPattern.ExtendedIso.Parse(start).Value : null, kept.Id);
    }

    private sealed record Kept(WriteBackVerb Verb, string Appointment, string Patient, string ControlId, string Now, string? Start, string? Id, string? Actor = null);
}
