using System.Security.Cryptography.X509Certificates;

namespace Artera.Integration.Feeds;

/// <summary>A certificate file: PFX, or PEM with the certificate, what it was issued by, and its key.</summary>
/// <param name="Certificate">The certificate with its key.</param>
/// <param name="Chain">What else the file has: the certificates between it and a root.</param>
internal sealed record MllpCertificate(X509Certificate2 Certificate, X509Certificate2Collection Chain)
{
    /// <exception cref="System.Security.Cryptography.CryptographicException">The file is no certificate with a key, or the password is wrong.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static MllpCertificate Read(MllpTlsOptions tls)
    {
        var chain = new X509Certificate2Collection();
        X509Certificate2 certificate;
        if (Path.GetExtension(tls.Certificate).ToUpperInvariant() is ".PFX" or ".P12")
        {
            certificate = X509CertificateLoader.LoadPkcs12FromFile(tls.Certificate, tls.Password);
            chain.AddRange(X509CertificateLoader.LoadPkcs12CollectionFromFile(tls.Certificate, tls.Password));
        }
        else
        {
            certificate = X509Certificate2.CreateFromPemFile(tls.Certificate);
            chain.ImportFromPemFile(tls.Certificate);
        }

        if (chain.FirstOrDefault(link => link.Thumbprint == certificate.Thumbprint) is { } itself)
            chain.Remove(itself);
        return new(certificate, chain);
    }
}
