using Artera.Integration.Delivery;

namespace Artera.Integration.Outreach;

/// <summary>The wording for one medium.</summary>
public sealed record TriggerText
{
    public required Medium Medium { get; init; }

    /// <summary>By BCP-47 language; the enterprise's base language is always there.</summary>
    public required Dictionary<string, string> Body { get; init; }

    /// <summary>What is said instead when several visits of one day are told in one message, by language; empty: each is told by itself.</summary>
    public Dictionary<string, string> Merged { get; init; } = [];

    /// <summary>For e-mail, by language.</summary>
    public Dictionary<string, string> Subject { get; init; } = [];

    /// <summary>Not sent when one of its phrases has no value.</summary>
    public bool SkipIfEmpty { get; init; }
}
