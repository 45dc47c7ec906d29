using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping;

/// <summary>What a patient's answer asks of the EMR.</summary>
public enum WriteBackVerb
{
    /// <summary>The patient will come.</summary>
    Confirm,

    /// <summary>The patient will not come.</summary>
    Cancel,

    /// <summary>The patient wants another time.</summary>
    Reschedule,
}

/// <summary>The <c>writeback</c> section of a mapping: the message by which an answer reaches the EMR.</summary>
public sealed record WriteBackTemplate
{
    /// <summary>The message event of answers that name none (<c>SIU^S14</c>).</summary>
    public string Send { get; init; } = "SIU^S14";

    /// <summary>MSH-12; null: as in the message that the answer is based on, else 2.5.1.</summary>
    public string? Version { get; init; }

    internal WriteBackParty From { get; init; } = new();

    internal WriteBackParty To { get; init; } = new();

    internal Hl7Path? Id { get; init; }

    internal IReadOnlyList<Hl7Path> Clear { get; init; } = [];

    internal IReadOnlyDictionary<WriteBackVerb, WriteBackAnswer> Answers { get; init; } = new Dictionary<WriteBackVerb, WriteBackAnswer>();

    /// <summary>True when the EMR takes this answer, if only as a note.</summary>
    public bool Supports(WriteBackVerb verb) => Answers.ContainsKey(verb);
}

/// <summary>MSH-3 and MSH-4, or MSH-5 and MSH-6; null: the other side of the message that the answer is based on.</summary>
internal sealed record WriteBackParty(string? Application = null, string? Facility = null);

/// <summary>How one answer is said: which paths get which text, and a note (NTE-3) for the EMR's people.</summary>
internal sealed record WriteBackAnswer(string? Send = null, string? Note = null)
{
    public IReadOnlyList<WriteBackSet> Sets { get; init; } = [];
}

internal sealed record WriteBackSet(Hl7Path Path, string Text);
