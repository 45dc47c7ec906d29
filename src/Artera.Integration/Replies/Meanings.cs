namespace Artera.Integration.Replies;

/// <summary>The stable words of <see cref="Delivery.InboundText.Meaning"/>.</summary>
internal static class Meanings
{
    public const string Plain = "plain";

    /// <summary>An answer from a shared phone that waits for whom it is about.</summary>
    public const string WhoIsThis = "who-is-this";

    /// <summary>Said whom a waiting answer is about.</summary>
    public const string Choice = "choice";

    /// <summary>Sent to a number that is no line of ours.</summary>
    public const string UnknownLine = "unknown-line";

    /// <summary>Failed for days and was given up; staff finds it in the channel.</summary>
    public const string Unread = "unread";

    /// <summary>A rule for inbound messages has taken it.</summary>
    public const string Rule = "rule";

    public static string Of(Meaning meaning) => meaning switch
    {
        Meaning.OptOut => "opt-out",
        Meaning.OptIn => "opt-in",
        Meaning.Confirm => "confirm",
        Meaning.Cancel => "cancel",
        Meaning.Reschedule => "reschedule",
        _ => Plain,
    };
}
