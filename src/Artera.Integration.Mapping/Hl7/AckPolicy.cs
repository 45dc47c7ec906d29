namespace Artera.Integration.Mapping.Hl7;

/// <summary>What became of a message at the moment it is acknowledged.</summary>
public enum AckOutcome
{
    /// <summary>In safe storage; a content error that no resend can cure counts as this too.</summary>
    Accepted,

    /// <summary>Not stored for a reason that will pass; a resend may succeed.</summary>
    Trouble,

    /// <summary>Refused for what its header says; a resend cannot succeed.</summary>
    Rejected,
}

/// <summary>MSH-15 and MSH-16, HL7 table 0155.</summary>
public enum AckCondition
{
    /// <summary>NE.</summary>
    Never,

    /// <summary>AL.</summary>
    Always,

    /// <summary>ER: only on error or reject.</summary>
    OnError,

    /// <summary>SU: only on success.</summary>
    OnSuccess,
}

/// <summary>What to answer.</summary>
/// <param name="Immediate">The acknowledgement to send on the connection at once; null for none.</param>
/// <param name="Application">When an application acknowledgement is still owed, as a message of its own with its own control id.</param>
public readonly record struct AckDecision(AckCode? Immediate, AckCondition Application = AckCondition.Never)
{
    /// <summary>The application acknowledgement that is owed once the message has been dealt with; null for none.</summary>
    /// <param name="outcome">How that went.</param>
    public AckCode? Owed(AckOutcome outcome) => AckPolicy.Applies(Application, outcome) ? AckPolicy.ApplicationCode(outcome) : null;
}

/// <summary>
/// Which acknowledgement a message asks for (HL7 v2 chapter 2 §2.9.2, §2.9.3). Original mode, with MSH-15 and MSH-16
/// both empty, is the same as NE and AL: one reply with AA, AE or AR.
/// </summary>
/// <param name="Accept">MSH-15.</param>
/// <param name="Application">MSH-16.</param>
public readonly record struct AckPolicy(AckCondition Accept, AckCondition Application)
{
    /// <summary>Original mode.</summary>
    public static AckPolicy Original => new(AckCondition.Never, AckCondition.Always);

    /// <summary>Reads the policy from a message; without a readable header the mode is original.</summary>
    /// <param name="message">The message, or null.</param>
    public static AckPolicy Of(Hl7Message? message) =>
        message is null ? Original : Of(message.AcceptAckType, message.ApplicationAckType);

    /// <summary>Reads the policy from the two codes.</summary>
    /// <param name="accept">MSH-15; blanks say nothing; a code outside of table 0155 counts as AL, for a sender that waits in vain stops.</param>
    /// <param name="application">MSH-16.</param>
    public static AckPolicy Of(string accept, string application) =>
        string.IsNullOrWhiteSpace(accept) && string.IsNullOrWhiteSpace(application) ? Original : new(Condition(accept), Condition(application));

    /// <summary>Decides what to answer.</summary>
    /// <param name="outcome">What became of the message.</param>
    public AckDecision Decide(AckOutcome outcome)
    {
        if (Accept == AckCondition.Never) return new(Applies(Application, outcome) ? ApplicationCode(outcome) : null);
        AckCode? commit = Applies(Accept, outcome) ? CommitCode(outcome) : null;
        return new(commit, outcome == AckOutcome.Accepted ? Application : AckCondition.Never);
    }

    internal static bool Applies(AckCondition condition, AckOutcome outcome) => condition switch
    {
        AckCondition.Always => true,
        AckCondition.OnError => outcome != AckOutcome.Accepted,
        AckCondition.OnSuccess => outcome == AckOutcome.Accepted,
        _ => false,
    };

    internal static AckCode ApplicationCode(AckOutcome outcome) => outcome switch
    {
        AckOutcome.Accepted => AckCode.AA,
        AckOutcome.Trouble => AckCode.AE,
        _ => AckCode.AR,
    };

    private static AckCode CommitCode(AckOutcome outcome) => outcome switch
    {
        AckOutcome.Accepted => AckCode.CA,
        AckOutcome.Trouble => AckCode.CE,
        _ => AckCode.CR,
    };

    private static AckCondition Condition(string code) => code.Trim().ToUpperInvariant() switch
    {
        "" or "NE" or "\"\"" => AckCondition.Never,
        "ER" => AckCondition.OnError,
        "SU" => AckCondition.OnSuccess,
        _ => AckCondition.Always,
    };
}
