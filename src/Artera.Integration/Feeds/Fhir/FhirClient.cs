using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using NodaTime;

namespace Artera.Integration.Feeds.Fhir;

/// <summary>Asks a feed's FHIR server. It asks once: when to ask again is the row's business and the retry policy's.</summary>
internal sealed partial class FhirClient(IHttpClientFactory http, FhirTokens tokens, TimeProvider time)
{
    public const string Http = "fhir";

    /// <summary>A resource or a search.</summary>
    /// <param name="feed">A feed with <c>Fhir:BaseUrl</c>.</param>
    /// <param name="address">Relative to the server's address, or absolute and on the same server: nobody else is shown who we are.</param>
    /// <param name="cancellation">The server stops.</param>
    public Task<FhirAnswer> Get(Feed feed, string address, CancellationToken cancellation) => Send(feed, new(HttpMethod.Get, address), cancellation);

    /// <summary>Any request; one that changes something may have done so although the answer is <see cref="FhirOutcome.Down"/>.</summary>
    public async Task<FhirAnswer> Send(Feed feed, FhirRequest request, CancellationToken cancellation)
    {
        if (Where(feed.Options.Fhir!, request.Address) is not { } url)
            return new(FhirOutcome.Refused, Why: "another-server");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(feed.Options.Fhir!.Timeout);
        try
        {
            var (answer, used) = await Send(feed, request, url, null, limit.Token);
            return answer is { Why: "http-401" } && used is not null ? (await Send(feed, request, url, used, limit.Token)).Answer : answer;
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException or JsonException || (trouble is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new(FhirOutcome.Down, Why: trouble is HttpRequestException { StatusCode: { } status } ? $"token-http-{(int)status}" : trouble.GetType().Name);
        }
    }

    private async Task<(FhirAnswer Answer, string? Token)> Send(Feed feed, FhirRequest said, Uri url, string? refused, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(said.Method, url);
        request.Headers.Accept.Add(new("application/fhir+json"));
        if (said.Method != HttpMethod.Get)
            request.Content = new ReadOnlyMemoryContent(said.Body) { Headers = { ContentType = new(said.ContentType) } };
        if (said.IfMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", said.IfMatch);
        var token = await Show(feed, request, refused, cancellation);
        using var response = await http.CreateClient(Http).SendAsync(request, cancellation);
        var answer = await Answer(response, cancellation);
        return (answer with { At = response.Headers.Date is { } at ? Instant.FromDateTimeOffset(at) : null, Location = response.Headers.Location?.ToString() }, token);
    }

    private async Task<string?> Show(Feed feed, HttpRequestMessage request, string? refused, CancellationToken cancellation)
    {
        var auth = feed.Options.Fhir!.Auth;
        switch (auth.Kind)
        {
            case FhirAuthKind.Basic:
                request.Headers.Authorization = FhirTokens.Basic(auth);
                return null;
            case FhirAuthKind.Header:
                request.Headers.TryAddWithoutValidation(auth.Header, auth.Secret);
                return null;
            case FhirAuthKind.ClientSecret or FhirAuthKind.PrivateKey:
                var token = await tokens.Of(feed, refused, cancellation);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                return token;
            default:
                return null;
        }
    }

    private async Task<FhirAnswer> Answer(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
            return new(FhirOutcome.Found, await response.Content.ReadAsByteArrayAsync(cancellation));
        var why = $"http-{(int)response.StatusCode}";
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new(FhirOutcome.Gone, Why: why),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized or HttpStatusCode.Locked => new(FhirOutcome.Down, Why: why, AskedFor: AskedFor(response)),
            >= HttpStatusCode.InternalServerError => new(FhirOutcome.Down, Why: why, AskedFor: AskedFor(response)),
            _ => new(FhirOutcome.Refused, Why: why),
        };
    }

    private Duration? AskedFor(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } pause } => Duration.FromTimeSpan(pause),
        { Date: { } at } => Duration.FromTimeSpan(at - time.GetUtcNow()),
        _ => null,
    };

    private static Uri? Where(FhirOptions fhir, string address)
    {
        var home = new Uri(fhir.BaseUrl!.TrimEnd('/') + "/");
        if (!Uri.TryCreate(home, address, out var url))
            return null;
        // The next page of some servers is at the address itself, with nothing but parameters behind it.
        var isAtHome = $"{url.AbsolutePath}/".StartsWith(home.AbsolutePath, StringComparison.Ordinal);
        return url.Scheme == home.Scheme && url.Authority == home.Authority && isAtHome ? url : null;
    }
}
