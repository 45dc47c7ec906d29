namespace Artera.Integration.Replies;

/// <summary>What a patient's words were taken for.</summary>
/// <param name="Why">For <see cref="Meaning.Plain"/>: what kept it from being an answer, as a stable word.</param>
internal readonly record struct Reply(Meaning Meaning, string? Why = null)
{
    public static Reply Plain(string why) => new(Meaning.Plain, why);
}

internal enum Meaning
{
    /// <summary>For a person to read.</summary>
    Plain,
    OptOut,
    OptIn,
    Confirm,
    Cancel,
    Reschedule,
}
