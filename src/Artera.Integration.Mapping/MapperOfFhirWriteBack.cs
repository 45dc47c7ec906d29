using System.Diagnostics.CodeAnalysis;
using Artera.Integration.Mapping.Fhir;

namespace Artera.Integration.Mapping;

/// <summary>What goes back to a FHIR server.</summary>
public sealed partial class Mapper
{
    /// <summary>Where the appointment of an answer is read, before anything is said of it.</summary>
    /// <param name="request">The answer.</param>
    public string Find(FhirWriteBackRequest request)
    {
        var template = file.FhirWriteBack ?? new();
        return new FhirWriteBackText(template, request, null).FillAddress(template.Find);
    }

    /// <summary>Builds the request that tells a FHIR server a patient's answer.</summary>
    /// <param name="request">The answer.</param>
    /// <param name="visit">The appointment as the server has it now.</param>
    /// <param name="message">The request to send.</param>
    /// <param name="problem">
    /// Why there is none: <c>not-supported</c> (the EMR does not take this answer), <c>other-appointment</c> (what was read is
    /// not the one that is meant, as the mapping reads it), <c>other-patient</c> (the patient's part in it cannot be told),
    /// <c>group-visit</c> (a cancellation would end it for the other patients too), <c>missing</c> (a part of the call's
    /// address has no value), <c>already-said</c> (the appointment says it already).
    /// </param>
    public bool TryWriteBack(FhirWriteBackRequest request, FhirVisitNow visit, [NotNullWhen(true)] out FhirStatement? message, [NotNullWhen(false)] out Cause? problem) =>
        new FhirWriteBackMessage(this, request, visit).TryBuild(out message, out problem);
}
