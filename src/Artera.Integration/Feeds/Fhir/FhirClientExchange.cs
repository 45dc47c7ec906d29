using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Artera.Integration.Mapping.Fhir;

namespace Artera.Integration.Feeds.Fhir;

/// <summary>Requests whose outcome matters to the last detail: whether it left, whether it was answered, and for which version.</summary>
internal sealed partial class FhirClient
{
    /// <summary>Sends one request once; a token that the server does not take any more is renewed first.</summary>
    /// <param name="feed">A feed with <c>Fhir:BaseUrl</c>.</param>
    /// <param name="message">What to send; an address from the root (<c>/v1/...</c>) is one of the same host.</param>
    /// <param name="cancellation">Stops waiting; it is thrown, and nobody knows whether the request was done.</param>
    public async Task<FhirExchange> Exchange(Feed feed, FhirStatement message, CancellationToken cancellation)
    {
        if (Address(feed.Options.Fhir!, message.Address) is not { } url)
            return new(FhirExchangeKind.NotSent, "another-server");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(feed.Options.Fhir!.Timeout);
        var left = false;
        try
        {
            for (string? refused = null; ;)
            {
                using var request = Make(message, url);
                left = false;
                var token = await Show(feed, request, refused, limit.Token);
                left = true;
                using var response = await http.CreateClient(Http).SendAsync(request, limit.Token);
                if (response.StatusCode == HttpStatusCode.Unauthorized && token is not null && refused is null)
                {
                    refused = token;
                    continue;
                }

                return await Answered(response, limit.Token);
            }
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException or JsonException || (trouble is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return left && !NeverLeft(trouble) ? new(FhirExchangeKind.NoAnswer, Code(trouble)) : new(FhirExchangeKind.NotSent, left ? Code(trouble) : "no-token");
        }
    }

    private static HttpRequestMessage Make(FhirStatement message, Uri url)
    {
        var request = new HttpRequestMessage(new HttpMethod(message.Method), url);
        request.Headers.Accept.Add(new("application/fhir+json"));
        if (message.Method != "GET")
            request.Headers.TryAddWithoutValidation("Prefer", "return=minimal");
        if (message.IfMatch is { } version)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        if (message.IfNoneExist is { } search)
            request.Headers.TryAddWithoutValidation("If-None-Exist", search);
        if (message.ContentType is { } type)
            request.Content = new ReadOnlyMemoryContent(message.Body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        return request;
    }

    private async Task<FhirExchange> Answered(HttpResponseMessage response, CancellationToken cancellation) =>
        new(FhirExchangeKind.Answered, string.Create(CultureInfo.InvariantCulture, $"http-{(int)response.StatusCode}"))
        {
            Status = (int)response.StatusCode,
            Tag = response.Headers.ETag?.ToString(),
            AskedFor = AskedFor(response),
            Body = await response.Content.ReadAsByteArrayAsync(cancellation),
        };

    private static bool NeverLeft(Exception trouble) => trouble is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private static string Code(Exception trouble) => trouble switch
    {
        HttpRequestException { HttpRequestError: var error } => error.ToString(),
        OperationCanceledException => "timeout",
        _ => trouble.GetType().Name,
    };

    private static Uri? Address(FhirOptions fhir, string address)
    {
        if (!address.StartsWith('/'))
            return Where(fhir, address);
        var home = new Uri(fhir.BaseUrl!);
        return Uri.TryCreate(home, address, out var url) && url.Scheme == home.Scheme && url.Authority == home.Authority ? url : null;
    }
}
