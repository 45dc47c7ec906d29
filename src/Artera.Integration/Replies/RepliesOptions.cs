using System.ComponentModel.DataAnnotations;

namespace Artera.Integration.Replies;

/// <summary>The section <c>Replies</c>.</summary>
public sealed class RepliesOptions
{
    /// <summary>What CANCEL as the whole message means: <c>OptOut</c> (default), as carriers take it, or <c>CancelVisit</c>
    /// when the provider is configured not to act on it.</summary>
    public CancelKeyword CancelKeyword { get; set; } = CancelKeyword.OptOut;

    /// <summary>Takes "no" after "yes" (and the other way round) until the visit starts. Default true.</summary>
    public bool AcceptChangeOfMind { get; set; } = true;

    /// <summary>Takes "reschedule", "R" and 3 as an answer; otherwise they are a message for staff. Default false.</summary>
    public bool AcceptReschedule { get; set; }

    /// <summary>How many hours a shared phone's answer to "who is this about?" holds, and how long the question waits
    /// for it. Default 24.</summary>
    [Range(1, 24 * 14)]
    public int ChoiceHoldsHours { get; set; } = 24;

    /// <summary>How often to look for texts that nobody has read yet. Default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After how long a text that a node took and never understood, because it died, is another's. Default 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>What the word CANCEL means.</summary>
public enum CancelKeyword
{
    /// <summary>The number opts out of the line.</summary>
    OptOut,

    /// <summary>The patient cancels the visit that the open question is about; consent stays as it is.</summary>
    CancelVisit,
}
