namespace Artera.Integration.Mapping.Fhir;

/// <summary>The <c>writeback</c> section of a <c>fhir.yaml</c>: the requests by which an answer reaches the EMR.</summary>
public sealed record FhirWriteBackTemplate
{
    /// <summary>Where the appointment is read before anything is said of it; a search must find exactly one.</summary>
    public string Find { get; init; } = "Appointment/{appointment}";

    /// <summary>Placeholders of the mapping's own, read from the appointment.</summary>
    internal IReadOnlyDictionary<string, FhirExpression> With { get; init; } = new Dictionary<string, FhirExpression>();

    internal IReadOnlyDictionary<WriteBackVerb, FhirWriteBackAnswer> Answers { get; init; } = new Dictionary<WriteBackVerb, FhirWriteBackAnswer>();

    /// <summary>True when the EMR takes this answer, if only as a note.</summary>
    public bool Supports(WriteBackVerb verb) => Answers.ContainsKey(verb);
}

/// <summary>How an answer is sent.</summary>
internal enum FhirWriteBackForm
{
    /// <summary>A JSON Patch (RFC 6902) of the appointment.</summary>
    Patch,

    /// <summary>The appointment as it was read, with the changes.</summary>
    Put,

    /// <summary>An AppointmentResponse.</summary>
    Response,

    /// <summary>A call of the vendor's own, with a form.</summary>
    Call,
}

/// <param name="Form">How it is sent.</param>
/// <param name="Method">Of a call.</param>
/// <param name="Address">Of a call.</param>
/// <param name="Note">Added to the appointment's comment, or the comment of the response.</param>
internal sealed record FhirWriteBackAnswer(FhirWriteBackForm Form, string? Method = null, string? Address = null, string? Note = null)
{
    public IReadOnlyList<FhirWriteBackSet> Sets { get; init; } = [];

    /// <summary>True when it ends the visit for everybody who takes part.</summary>
    public bool EndsTheVisit => Form == FhirWriteBackForm.Call || (Form != FhirWriteBackForm.Response && Sets.Any(set => set.Written == "status"));
}

/// <summary>An element, or a field of a call's form, and what it gets.</summary>
/// <param name="Path">Element names; the first may be <see cref="OfTheParticipant"/>.</param>
/// <param name="Json">The value as JSON; placeholders are filled in its texts.</param>
internal sealed record FhirWriteBackSet(IReadOnlyList<string> Path, System.Text.Json.Nodes.JsonNode Json)
{
    public const string OfTheParticipant = "%participant";

    public string Written => string.Join('.', Path);
}
