using System.Net;

namespace Artera.Integration.Web.Access;

/// <summary>
/// Whether a request was made on this machine for this machine. A loopback peer alone does not say so: a
/// reverse proxy is one, and so is the browser that a stranger's page has sent here.
/// </summary>
internal static class LocalPeer
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public static bool Made(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } peer
        && IPAddress.IsLoopback(peer)
        && NamesThisMachine(request.Host.Host)
        && !Array.Exists(ProxyHeaders, request.Headers.ContainsKey)
        && IsFromHere(request);

    /// <summary>A name of somebody else's that resolves to 127.0.0.1 (DNS rebinding) is not this machine.</summary>
    private static bool NamesThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>A browser names the page that a POST or a WebSocket comes from; it must be one of ours.</summary>
    private static bool IsFromHere(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
