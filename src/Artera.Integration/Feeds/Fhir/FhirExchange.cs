using System.Globalization;
using System.Text;
using NodaTime;

namespace Artera.Integration.Feeds.Fhir;

/// <summary>How far a request to a FHIR server got.</summary>
internal enum FhirExchangeKind
{
    /// <summary>It was answered.</summary>
    Answered,

    /// <summary>It did not leave: nobody listens, or we have no token.</summary>
    NotSent,

    /// <summary>It may have left, and there is no answer: nobody knows whether it was done.</summary>
    NoAnswer,
}

/// <summary>One request to a FHIR server and what came of it.</summary>
/// <param name="Kind">How far it got.</param>
/// <param name="Code">A code for a person, such as <c>http-412</c>; never text of the server.</param>
internal sealed record FhirExchange(FhirExchangeKind Kind, string Code)
{
    private const int MostKept = 64 * 1024;

    public int Status { get; init; }

    public string? Tag { get; init; }

    public byte[] Body { get; init; } = [];

    /// <summary>The pause that the server asked for (Retry-After).</summary>
    public Duration? AskedFor { get; init; }

    public bool IsSuccess => Kind == FhirExchangeKind.Answered && Status is >= 200 and < 300;

    /// <summary>The answer as people read it; a very long one is cut.</summary>
    public byte[] ToBytes()
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"HTTP {Status}\n{(Tag is null ? "" : $"ETag: {Tag}\n")}{(Body.Length == 0 ? "" : "\n")}");
        return [.. Encoding.UTF8.GetBytes(head), .. Body.AsSpan(0, Math.Min(Body.Length, MostKept))];
    }
}
