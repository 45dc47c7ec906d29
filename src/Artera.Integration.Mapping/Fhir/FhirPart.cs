using Hl7.Fhir.Model;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>A patient whom a resource is about.</summary>
/// <param name="Patient">The Patient; when it is not at hand, no more than what the reference says.</param>
/// <param name="Participant">The part that the patient has in an appointment.</param>
/// <param name="IsWhole">True when the Patient is there with all that the server says of it.</param>
internal sealed record FhirPart(Patient Patient, PocoNode? Participant, bool IsWhole);
