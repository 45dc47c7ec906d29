using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Artera.Integration.Feeds.Fhir;

/// <summary>Tokens of the feeds' servers, each kept until shortly before it ends; several who need one wait for the same.</summary>
internal sealed class FhirTokens(IHttpClientFactory http, TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AssertionLives = TimeSpan.FromMinutes(4);

    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A token that is not <paramref name="refused"/>, which the server did not take.</summary>
    /// <exception cref="HttpRequestException">There is none to be had.</exception>
    public async Task<string> Of(Feed feed, string? refused, CancellationToken cancellation)
    {
        var own = kept.GetOrAdd(feed.Name, _ => new Kept());
        await own.Turn.WaitAsync(cancellation);
        try
        {
            if (own.Token is null || own.Token == refused || own.Until <= time.GetUtcNow())
                await Fetch(feed.Options.Fhir!.Auth, own, cancellation);
            return own.Token!;
        }
        finally
        {
            own.Turn.Release();
        }
    }

    private async Task Fetch(FhirAuthOptions auth, Kept own, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, auth.TokenUrl);
        request.Headers.Accept.Add(new("application/json"));
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["grant_type"] = "client_credentials", ["scope"] = auth.Scope };
        if (auth.Kind == FhirAuthKind.PrivateKey)
        {
            form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            form["client_assertion"] = Assertion(auth);
        }
        else
        {
            request.Headers.Authorization = Basic(auth);
        }

        request.Content = new FormUrlEncodedContent(form);
        using var response = await http.CreateClient(FhirClient.Http).SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException("no token", null, response.StatusCode);
        using var said = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
        own.Token = said.RootElement.TryGetProperty("access_token", out var token) && token.ValueKind == JsonValueKind.String
            ? token.GetString()
            : throw new HttpRequestException("no access_token");
        var seconds = said.RootElement.TryGetProperty("expires_in", out var lives) && lives.TryGetInt32(out var number) ? number : 60;
        own.Until = time.GetUtcNow() + TimeSpan.FromSeconds(seconds) - Margin;
    }

    public static AuthenticationHeaderValue Basic(FhirAuthOptions auth) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{auth.ClientId}:{auth.Secret}")));

    /// <summary>SMART Backend Services: issuer and subject are the client, used once, good for minutes. Servers live in real time.</summary>
    private static string Assertion(FhirAuthOptions auth)
    {
        using var key = SigningKey.Read(auth.Keys[0]);
        var now = TimeProvider.System.GetUtcNow();
        return key.Sign(new JsonObject
        {
            ["iss"] = auth.ClientId,
            ["sub"] = auth.ClientId,
            ["aud"] = auth.Audience ?? auth.TokenUrl,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + AssertionLives).ToUnixTimeSeconds(),
        });
    }

    private sealed class Kept
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public string? Token { get; set; }

        public DateTimeOffset Until { get; set; }
    }
}
