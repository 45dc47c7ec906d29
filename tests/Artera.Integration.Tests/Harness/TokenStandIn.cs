using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Artera.Integration.Tests.Harness;

/// <summary>Gives one token to whoever asks, and remembers what was shown.</summary>
internal sealed class TokenStandIn : IAsyncDisposable
{
    private readonly WebApplication app;

    private TokenStandIn(string token)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            Form = form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
            Shown = request.Headers.Authorization;
            return Results.Json(new { access_token = token, token_type = "bearer", expires_in = 300 });
        });
    }

    public string Url => app.Urls.First() + "/token";

    public IReadOnlyDictionary<string, string> Form { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? Shown { get; private set; }

    public static async Task<TokenStandIn> Start(string token)
    {
        var server = new TokenStandIn(token);
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
