using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Artera.Integration.Feeds;

/// <summary>TLS towards an EMR: by the machine's trust, or by the thumbprints that the settings name.</summary>
internal static class ClientTls
{
    public static SslClientAuthenticationOptions For(MllpDestination destination)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = destination.Host };
        if (destination.ServerCertificates.Length > 0)
            options.RemoteCertificateValidationCallback = (_, server, _, _) => Knows(destination.ServerCertificates, server);
        if (destination.ReadClientCertificate() is { } own)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(own.Certificate, own.Chain, offline: true);
        return options;
    }

    public static bool Knows(string[] thumbprints, X509Certificate? server) =>
        server?.GetCertHashString(HashAlgorithmName.SHA256) is { } shown
        && thumbprints.Any(known => Plain(known).Equals(shown, StringComparison.OrdinalIgnoreCase));

    private static string Plain(string thumbprint) =>
        thumbprint.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
}
