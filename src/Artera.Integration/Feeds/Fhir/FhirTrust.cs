using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Artera.Integration.Feeds.Fhir;

/// <summary>TLS towards FHIR servers and those that give tokens for them: by the machine's trust, or by the thumbprints that a feed names for the host.</summary>
internal sealed class FhirTrust(FeedBook feeds)
{
    public bool Trusts(object connection, X509Certificate? server, X509Chain? chain, SslPolicyErrors errors)
    {
        var known = Known(((SslStream)connection).TargetHostName);
        return known.Length == 0 ? errors == SslPolicyErrors.None : ClientTls.Knows(known, server);
    }

    private string[] Known(string host) =>
    [
        .. feeds.All.SelectMany(feed => (IEnumerable<(string[], string?, FhirAuthOptions?)>)
            [
                (feed.Options.Fhir?.ServerCertificates ?? [], feed.Options.Fhir?.BaseUrl, feed.Options.Fhir?.Auth),
                (feed.Options.WriteBack?.Fhir?.ServerCertificates ?? [], feed.Options.WriteBack?.Fhir?.BaseUrl, feed.Options.WriteBack?.Fhir?.Auth),
            ])
            .Where(way => Is(host, way.Item2) || Is(host, way.Item3?.TokenUrl))
            .SelectMany(way => way.Item1),
    ];

    private static bool Is(string host, string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase);
}
