namespace Artera.Integration.Feeds;

/// <summary>One of <c>Feeds[]</c>: a stream of messages from one EMR and the way back to it.</summary>
public sealed class FeedOptions
{
    /// <summary>The name staff and dashboards know the feed by; unique.</summary>
    public string Name { get; set; } = "main";

    /// <summary>
    /// Which identifiers the feed shares: feeds of one EMR (an ADT port and an SIU port) name the same.
    /// Default: the feed's own name.
    /// </summary>
    public string? Emr { get; set; }

    /// <summary>The folder or file of the mapping, from the content root or absolute.</summary>
    public string Mapping { get; set; } = "mappings/generic";

    /// <summary>The IANA zone of local times without an offset.</summary>
    public string TimeZone { get; set; } = "America/New_York";

    /// <summary>The ISO 3166 region of phone numbers that come without a country code.</summary>
    public string Region { get; set; } = "US";

    /// <summary>When set, MSH-4 must be one of these; anything else is refused (AR) and kept.</summary>
    public string[] SendingFacilities { get; set; } = [];

    /// <summary>When set, MSH-6 must be one of these; anything else is refused (AR) and kept.</summary>
    public string[] ReceivingFacilities { get; set; } = [];

    /// <summary>MSH-11 that this feed accepts: when empty only <c>P</c> (production); <c>T</c> or <c>D</c> on a test system.</summary>
    public string[] ProcessingIds { get; set; } = [];

    /// <summary>
    /// What the sender is told of a message whose content can never be understood, such as a code without a meaning: see
    /// <see cref="Feeds.ContentErrors"/>.
    /// </summary>
    public ContentErrors ContentErrors { get; set; } = ContentErrors.Accept;

    /// <summary>The MLLP listener; null when the feed has none.</summary>
    public MllpOptions? Mllp { get; set; }

    /// <summary>The FHIR server that the feed is of; null when it is of none. Its mapping is the folder's <c>fhir.yaml</c>.</summary>
    public FhirOptions? Fhir { get; set; }

    /// <summary>Folders into which the EMR puts CSV files of recalls or referrals.</summary>
    public ExtractOptions[] Extracts { get; set; } = [];

    /// <summary>Where the status of recalls and referrals is put down as CSV files, beside whatever <c>WriteBack</c> says of answers; null: nowhere.</summary>
    public CsvDestination? OrderStatus { get; set; }

    /// <summary>How answers go back; null keeps them here.</summary>
    public WriteBackTarget? WriteBack { get; set; }
}

/// <summary><c>Feeds[].Mllp</c>.</summary>
public sealed class MllpOptions
{
    /// <summary>The address to listen on. Loopback by default: a hospital's feed comes in over TLS or a VPN.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; set; } = 2575;

    /// <summary>TLS; null is plain MLLP.</summary>
    public MllpTlsOptions? Tls { get; set; }

    /// <summary>Addresses or CIDR ranges that may connect; empty allows all.</summary>
    public string[] AllowFrom { get; set; } = [];

    /// <summary>
    /// What bytes mean that neither are UTF-8 nor have a usable label (MSH-18), such as <c>8859/1</c> of HL7 table 0211.
    /// Default: Windows-1252.
    /// </summary>
    public string? Charset { get; set; }

    /// <summary>
    /// Where application acknowledgements go that a message in enhanced mode asks for beside its commit acknowledgement
    /// (MSH-16 with MSH-15): to a listener of the EMR, as messages of their own. Null: they are not sent, and the feed's
    /// page and the health check <c>application-acks</c> say that they were asked for.
    /// </summary>
    public MllpDestination? ApplicationAcks { get; set; }

    /// <summary>The longest message taken, in bytes.</summary>
    public int MaxMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long a started frame may take to complete.</summary>
    public TimeSpan FrameTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary><c>Feeds[].Mllp.Tls</c>.</summary>
public sealed class MllpTlsOptions
{
    /// <summary>A PFX or PEM file with its key; read again when it changes.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>The password of the PFX, if it has one.</summary>
    public string? Password { get; set; }

    /// <summary>Thumbprints (SHA-256) of client certificates; when set, a client must show one of them.</summary>
    public string[] ClientCertificates { get; set; } = [];
}

/// <summary><c>Feeds[].WriteBack</c>.</summary>
public sealed class WriteBackTarget
{
    /// <summary>Where answers go over MLLP, in the words of the mapping folder's <c>hl7.yaml</c>.</summary>
    public MllpDestination? Mllp { get; set; }

    /// <summary>Where answers go over FHIR, in the words of the mapping folder's <c>fhir.yaml</c>; this or <c>Mllp</c>, whatever comes in.</summary>
    public FhirDestination? Fhir { get; set; }

    /// <summary>Where answers are put down as CSV files, for an interface engine to pick up.</summary>
    public CsvDestination? Csv { get; set; }
}

/// <summary><c>Feeds[].WriteBack.Csv</c> and <c>Feeds[].OrderStatus</c>.</summary>
public sealed class CsvDestination
{
    /// <summary>The folder; it is made when it is not there.</summary>
    public string Folder { get; set; } = "";
}

/// <summary><c>Feeds[].WriteBack.Mllp</c> and <c>Feeds[].Mllp.ApplicationAcks</c>: a listener of the EMR.</summary>
public sealed class MllpDestination
{
    /// <summary>Host name or address of the EMR's listener.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Its port.</summary>
    public int Port { get; set; }

    /// <summary>True: TLS, the EMR's certificate checked against the machine's trust and the host name.</summary>
    public bool Tls { get; set; }

    /// <summary>
    /// Thumbprints (SHA-256) of the EMR's certificates; when set, exactly these are trusted, and neither the machine's
    /// trust nor the host name matters.
    /// </summary>
    public string[] ServerCertificates { get; set; } = [];

    /// <summary>A PFX or PEM file with its key, shown to an EMR that asks who we are; read at every connect.</summary>
    public string? ClientCertificate { get; set; }

    /// <summary>The password of the PFX, if it has one.</summary>
    public string? ClientCertificatePassword { get; set; }

    /// <summary>How long connecting may take, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for the acknowledgement.</summary>
    public TimeSpan AckTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
