namespace Artera.Integration.Feeds;

/// <summary>
/// <c>Feeds[].ContentErrors</c>: what a sender is told of a message that can never be understood. A sender that is
/// refused usually stops its whole queue, so that anything but <see cref="Accept"/> wants the agreement of the site.
/// </summary>
public enum ContentErrors
{
    /// <summary>Accepted (AA), held and shown to a person.</summary>
    Accept,

    /// <summary>
    /// Answered AE with what is wrong. In original mode the message stays with its sender: it is kept as Rejected and
    /// taken in when it comes again and can be understood. In enhanced mode it is accepted (CA) and held, and AE is its
    /// application acknowledgement.
    /// </summary>
    Error,

    /// <summary>As <see cref="Error"/>, with AR.</summary>
    Reject,
}
