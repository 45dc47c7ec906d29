namespace Artera.Integration.Mapping.Hl7;

/// <summary>An error as an acknowledgement reports it.</summary>
/// <param name="Code">HL7 table 0357, such as 100 (segment sequence) or 207 (application error).</param>
/// <param name="Text">One line for the sender's operator; never a value of the message.</param>
/// <param name="Segment">The segment, such as <c>MSH</c>, or null.</param>
/// <param name="Field">The field number, or null.</param>
public sealed record Hl7Problem(int Code, string Text, string? Segment = null, int? Field = null);

/// <summary>MSA-1, HL7 table 0008.</summary>
public enum AckCode
{
    /// <summary>Original mode: application accept.</summary>
    AA,

    /// <summary>Original mode: application error; a resend may succeed.</summary>
    AE,

    /// <summary>Original mode: application reject.</summary>
    AR,

    /// <summary>Enhanced mode: commit accept, the message is in safe storage.</summary>
    CA,

    /// <summary>Enhanced mode: commit error, a resend may succeed.</summary>
    CE,

    /// <summary>Enhanced mode: commit reject.</summary>
    CR,
}
