using Artera.Integration.Mapping.Fhir;

namespace Artera.Integration.Mapping;

/// <summary>What a mapping makes of FHIR resources.</summary>
public sealed partial class Mapper
{
    /// <summary>What a resource means.</summary>
    /// <param name="message">The resource, with what it refers to as far as that is at hand.</param>
    /// <param name="context">What the feed lends: the zone of dates without a time, and when the resource was received.</param>
    /// <returns>Its events; or that it is ignored or held, and why.</returns>
    public MappingResult Map(FhirMessage message, MappingContext context) => fhir.Map(message, context);

    /// <summary>The resources that the rules look at, by reference, and that are not at hand: look them up, and ask again.</summary>
    /// <param name="message">The resource, with what it refers to as far as that is at hand.</param>
    /// <param name="context">What the feed lends.</param>
    /// <returns>
    /// References as they stand in the resource (<c>Location/1</c>, <c>https://emr.example.org/Practitioner/2</c>), or a search
    /// for an identifier (<c>Patient?identifier=...</c>); empty when nothing is missing.
    /// </returns>
    public IReadOnlyCollection<string> Needs(FhirMessage message, MappingContext context) => fhir.Needs(message, context);

    /// <summary>The identifiers by which a resource is filed and kept in order; no table is looked at and nothing is held.</summary>
    /// <param name="message">The resource; a group visit is filed under its first patient.</param>
    public MessageKeys Keys(FhirMessage message) => fhir.Keys(message);

    /// <summary>How an appointment refers to one of its patients: <c>Patient/12</c>, or system and value of a logical reference.</summary>
    /// <param name="message">The appointment with the patients that are at hand.</param>
    /// <param name="patientId">The patient's external id, as the mapping reads it.</param>
    /// <returns>Null when it names nobody of that id.</returns>
    public string? ActorOf(FhirMessage message, string patientId) => fhir.ActorOf(message, patientId);

    /// <summary>How a resource comes to mean what it means; for dry runs, with the patient's data in it.</summary>
    /// <param name="message">The resource.</param>
    /// <param name="context">What the feed lends.</param>
    public Explanation Explain(FhirMessage message, MappingContext context) => fhir.Explain(message, context);
}
