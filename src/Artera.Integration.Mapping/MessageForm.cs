namespace Artera.Integration.Mapping;

/// <summary>In which form an EMR sends what a mapping is for.</summary>
public enum MessageForm
{
    /// <summary>HL7 v2; <c>hl7.yaml</c>.</summary>
    Hl7,

    /// <summary>FHIR R4 in JSON; <c>fhir.yaml</c>.</summary>
    Fhir,
}

/// <summary>Which form a mapping file is for: its name says so.</summary>
public static class MessageForms
{
    /// <summary>The name of the mapping of a form in an EMR's folder.</summary>
    public static string FileName(this MessageForm form) => form == MessageForm.Fhir ? "fhir.yaml" : "hl7.yaml";

    /// <summary>The form of a mapping file: FHIR when its name begins with <c>fhir</c>.</summary>
    /// <param name="mapping">A file's name or path.</param>
    public static MessageForm Of(string mapping) =>
        Path.GetFileName(mapping).StartsWith("fhir", StringComparison.OrdinalIgnoreCase) ? MessageForm.Fhir : MessageForm.Hl7;
}
