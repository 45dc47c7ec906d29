using NodaTime;

namespace Artera.Integration.Feeds.Fhir;

/// <summary>What a request to a FHIR server came to.</summary>
internal enum FhirOutcome
{
    /// <summary>Here it is.</summary>
    Found,

    /// <summary>There is no such resource, or no more (404, 410).</summary>
    Gone,

    /// <summary>Refused, and it will be again.</summary>
    Refused,

    /// <summary>Not now: an outage, a 5xx, 429.</summary>
    Down,
}

/// <param name="Outcome">What it came to.</param>
/// <param name="Body">The resource, when found.</param>
/// <param name="Why">A code for a person, such as <c>http-403</c> or the name of an exception; never text of the server.</param>
/// <param name="AskedFor">The pause that the server asked for (Retry-After).</param>
internal readonly record struct FhirAnswer(FhirOutcome Outcome, ReadOnlyMemory<byte> Body = default, string? Why = null, Duration? AskedFor = null)
{
    /// <summary>The server's clock (Date), if it says.</summary>
    public Instant? At { get; init; }

    /// <summary>Where what was created is (Location), if the server says.</summary>
    public string? Location { get; init; }
}

/// <param name="Method">Such as GET.</param>
/// <param name="Address">Relative to the server's address, or absolute and on the same server.</param>
/// <param name="Body">What is sent, with anything but GET.</param>
/// <param name="IfMatch">The version that is meant, such as <c>W/"3"</c>; null: any.</param>
/// <param name="ContentType">What the body is.</param>
internal sealed record FhirRequest(
    HttpMethod Method, string Address, ReadOnlyMemory<byte> Body = default, string? IfMatch = null, string ContentType = "application/fhir+json");
