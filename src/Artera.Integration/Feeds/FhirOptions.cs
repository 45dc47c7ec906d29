namespace Artera.Integration.Feeds;

/// <summary><c>Feeds[].Fhir</c>: the FHIR R4 server that a feed is of. A feed has this or <c>Mllp</c>; two feeds of one <c>Emr</c> share identifiers.</summary>
public sealed class FhirOptions
{
    /// <summary>
    /// The address of the server's R4 endpoint, such as <c>https://emr.example.org/fhir/r4</c>. What notifications only name
    /// and what resources refer to is looked up there, and nowhere else. Null: nothing is looked up.
    /// </summary>
    public string? BaseUrl { get; set; }

    /// <summary>
    /// Thumbprints (SHA-256) of the certificates of the server, and of the one that gives tokens; when set, exactly these are trusted for
    /// their hosts, and neither the machine's trust nor the host name matters.
    /// </summary>
    public string[] ServerCertificates { get; set; } = [];

    /// <summary>How we show the server who we are.</summary>
    public FhirAuthOptions Auth { get; set; } = new();

    /// <summary>What comes in at <c>/fhir/notifications/{feed}</c>.</summary>
    public FhirSubscriptionOptions Subscription { get; set; } = new();

    /// <summary>How often the server is asked what has changed, whatever it notified of; null: never. Needs <c>BaseUrl</c>.</summary>
    public TimeSpan? PollEvery { get; set; }

    /// <summary>How it is asked.</summary>
    public FhirPollOptions Poll { get; set; } = new();

    /// <summary>
    /// Whether an appointment is read again just before a patient is reminded of it: a server that deletes one tells nobody.
    /// Costs a request a reminder. Needs <c>BaseUrl</c>.
    /// </summary>
    public bool ReadBeforeReminder { get; set; }

    /// <summary>How long a reminder waits for that; then it is sent on what is known.</summary>
    public TimeSpan ReadPatience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long what was read is good for further reminders.</summary>
    public TimeSpan ReadAgainAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long one request to the server may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a Practitioner, Location or other resource that was looked up is good for the next one that refers to it.
    /// Patients are always asked for.
    /// </summary>
    public TimeSpan KeepReferences { get; set; } = TimeSpan.FromMinutes(30);
}

/// <summary>How a client shows a FHIR server who it is.</summary>
public enum FhirAuthKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>HTTP Basic, with <c>ClientId</c> and <c>Secret</c>.</summary>
    Basic,

    /// <summary>A header that never changes: <c>Header</c> with <c>Secret</c> as its value.</summary>
    Header,

    /// <summary>OAuth 2 client credentials with <c>ClientId</c> and <c>Secret</c> at <c>TokenUrl</c>.</summary>
    ClientSecret,

    /// <summary>SMART Backend Services: client credentials with an assertion that is signed by the first of <c>Keys</c>.</summary>
    PrivateKey,
}

/// <summary><c>Feeds[].Fhir.Auth</c>.</summary>
public sealed class FhirAuthOptions
{
    /// <summary>Which way.</summary>
    public FhirAuthKind Kind { get; set; }

    /// <summary>The user or client that the server knows us by.</summary>
    public string? ClientId { get; set; }

    /// <summary>The password, client secret or header's value; better in the environment than in a file.</summary>
    public string? Secret { get; set; }

    /// <summary>The name of the header (kind <c>Header</c>).</summary>
    public string Header { get; set; } = "Authorization";

    /// <summary>Where tokens are given.</summary>
    public string? TokenUrl { get; set; }

    /// <summary>The audience that the assertion names; null is <c>TokenUrl</c>, as SMART has it.</summary>
    public string? Audience { get; set; }

    /// <summary>The scopes that are asked for, in SMART's version 2 or 1, as the server registered them.</summary>
    public string Scope { get; set; } = "system/Appointment.rs system/Patient.rs";

    /// <summary>
    /// PEM files with private keys, RSA (RS384) or P-384 (ES384). The first signs; all are published at
    /// <c>/fhir/keys/{feed}</c>, so that a new one can be known to the server before it is put first.
    /// </summary>
    public string[] Keys { get; set; } = [];
}
