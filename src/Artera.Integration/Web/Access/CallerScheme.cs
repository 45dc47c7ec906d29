using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Artera.Integration.Operations.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Web.Access;

/// <summary>A bearer API key says who calls; without one, a request made on this machine does.</summary>
internal sealed class CallerScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder,
    KeysInForce keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "Caller";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0)
            return LocalPeer.Made(Request) ? Ticket(Caller.Local(Name)) : AuthenticateResult.NoResult();

        return AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            && header is { Scheme: var scheme, Parameter: { } secret }
            && string.Equals(scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            && await keys.Find(secret, Context.RequestAborted) is { } key
                ? Ticket(Caller.WithKey(Name, key))
                : AuthenticateResult.Fail("no such key");
    }

    /// <summary>A page has nothing to show a stranger; the API tells what it wants.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<TakesKeys>() is null)
            return HandleForbiddenAsync(properties);
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private static AuthenticateResult Ticket(ClaimsPrincipal caller) =>
        AuthenticateResult.Success(new AuthenticationTicket(caller, Name));
}
