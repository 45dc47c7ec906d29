namespace Artera.Integration.Feeds;

/// <summary><c>Feeds[].WriteBack.Fhir</c>: the FHIR server that is told what patients answered. What is not set is that of the feed's own <c>Fhir</c>.</summary>
public sealed class FhirDestination
{
    /// <summary>The address of the server's R4 endpoint.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>
    /// Thumbprints (SHA-256) of the certificates of the server, and of the one that gives tokens; when set, exactly these are trusted for
    /// their hosts, and neither the machine's trust nor the host name matters.
    /// </summary>
    public string[] ServerCertificates { get; set; } = [];

    /// <summary>How we show the server who we are; its scope must let us write.</summary>
    public FhirAuthOptions? Auth { get; set; }

    /// <summary>How long one request may take; after that nobody knows whether it was done, and the appointment is read before it is sent again.</summary>
    public TimeSpan? Timeout { get; set; }
}
