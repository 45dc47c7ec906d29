namespace Artera.Integration.Feeds;

/// <summary>How a FHIR server is asked what has changed.</summary>
public enum FhirPollBy
{
    /// <summary>By <c>_lastUpdated</c>, from where the last poll ended.</summary>
    LastUpdated,

    /// <summary>
    /// Appointments by their <c>date</c>, for servers that do not know <c>_lastUpdated</c>: what the EMR has in the window is
    /// compared with what we have, and what is missing from its answer is read by its id.
    /// </summary>
    Window,

    /// <summary>Each appointment that we know of in the window is read by its id, for servers that cannot search by date.</summary>
    Known,
}

/// <summary><c>Feeds[].Fhir.Poll</c>.</summary>
public sealed class FhirPollOptions
{
    /// <summary>Which way.</summary>
    public FhirPollBy By { get; set; }

    /// <summary>
    /// What is searched, such as <c>Appointment?location=12</c>; the time is added. Empty: the types that the mapping's events
    /// name, and with <c>Window</c> only <c>Appointment</c>.
    /// </summary>
    public string[] Searches { get; set; } = [];

    /// <summary>How far a poll looks back behind the one before, for what the server was still writing then. By the server's clock.</summary>
    public TimeSpan Overlap { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How far the very first poll looks back. Nobody is texted about what it finds, except by what is timed for later.</summary>
    public TimeSpan LookBack { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Where the window of <c>Window</c> and <c>Known</c> begins: days before now.</summary>
    public int DaysBack { get; set; } = 1;

    /// <summary>Where it ends: days after now.</summary>
    public int DaysAhead { get; set; } = 30;
}
