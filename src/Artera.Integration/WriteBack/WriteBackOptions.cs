namespace Artera.Integration.WriteBack;

/// <summary>The section <c>WriteBack</c>: how answers of patients travel to the EMR. Where they go is said by each feed.</summary>
public sealed class WriteBackOptions
{
    /// <summary>How often to look for answers to send. Default 1 s.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After how many attempts that the EMR answered with an error (AE, CE) or not at all a person is asked. The pauses
    /// grow to an hour; attempts that found nobody listening do not count. Default 12, about six hours.
    /// </summary>
    public int Attempts { get; set; } = 12;

    /// <summary>The longest pause before trying again to reach an EMR that does not listen. Default 2 min.</summary>
    public TimeSpan LongestDownPause { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long after the visit began its answer is still sent; later a person decides, because an EMR may reopen or
    /// book again what it has closed. Default 1 h.
    /// </summary>
    public TimeSpan SendAfterStart { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// When another node may send to a destination whose sender has died. A sender that lives renews it while it waits for
    /// an acknowledgement. Default 20 s.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a server that stops waits for the acknowledgement of what it has just sent. Default 5 s.</summary>
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(5);
}
