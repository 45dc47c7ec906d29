using System.ComponentModel;

namespace Artera.Integration.Outreach.Hearing;

/// <summary>Which messages a rule for inbound messages takes: those that say one of its words, without case, accents and punctuation.</summary>
public sealed class Hears
{
    public const int UsualCooldown = 60;
    public const int LongestCooldown = 30 * 24 * 60;

    /// <summary>The whole message.</summary>
    public List<string> Exact { get; set; } = [];

    /// <summary>Its first words.</summary>
    public List<string> StartsWith { get; set; } = [];

    /// <summary>Whole words anywhere in it.</summary>
    public List<string> Contains { get; set; } = [];

    public HeardAs As { get; set; } = HeardAs.AnyMessage;

    public HeardDuring During { get; set; } = HeardDuring.AnyTime;

    /// <summary>How long the rule does not reply to the same patient again; 0 to 43200.</summary>
    [DefaultValue(UsualCooldown)]
    public int CooldownMinutes { get; set; } = UsualCooldown;

    internal IEnumerable<string> Words => [.. Exact, .. StartsWith, .. Contains];
}

public enum HeardAs
{
    AnyMessage,

    /// <summary>Only while a question to the patient is open.</summary>
    Answer,
}

public enum HeardDuring
{
    AnyTime,

    /// <summary>In the practice's hours.</summary>
    Open,

    /// <summary>Outside of them, and on holidays.</summary>
    AfterHours,
}
