using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Artera.Integration.Feeds;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Artera.Integration.Inbound;

/// <summary>
/// TLS of a feed's endpoint. The certificate is read again when its file has changed, so that renewing it needs no
/// restart and breaks no connection; a file that cannot be read leaves the former certificate in place.
/// </summary>
internal sealed partial class MllpTls
{
    private readonly MllpTlsOptions options;
    private readonly ILogger<MllpTls> log;
    private readonly Lock loading = new();
    private SslServerAuthenticationOptions current;
    private DateTime readAt;

    public MllpTls(MllpTlsOptions options, ILogger<MllpTls> log)
    {
        (this.options, this.log) = (options, log);
        readAt = File.GetLastWriteTimeUtc(options.Certificate);
        current = Use(MllpCertificate.Read(options));
    }

    public TlsHandshakeCallbackOptions Handshake => new() { OnConnection = _ => ValueTask.FromResult(Current()) };

    private SslServerAuthenticationOptions Current()
    {
        lock (loading)
        {
            var changed = File.GetLastWriteTimeUtc(options.Certificate);
            if (changed == readAt)
                return current;
            try
            {
                current = Use(MllpCertificate.Read(options));
            }
            catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
            {
                LogUnreadable(unreadable.GetType().Name);
            }

            readAt = changed;
            return current;
        }
    }

    private SslServerAuthenticationOptions Use(MllpCertificate file)
    {
        LogInUse(file.Certificate.Thumbprint, file.Certificate.NotAfter);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(file.Certificate, file.Chain, offline: true),
            ClientCertificateRequired = options.ClientCertificates.Length > 0,
            RemoteCertificateValidationCallback = (_, client, _, _) => options.ClientCertificates.Length == 0 || Knows(client),
        };
    }

    // Known by its thumbprint alone: hospitals' certificates are often self-signed, and pinning needs no chain.
    private bool Knows(X509Certificate? client)
    {
        var thumbprint = client?.GetCertHashString(HashAlgorithmName.SHA256);
        if (thumbprint is not null && options.ClientCertificates.Any(known => Plain(known).Equals(thumbprint, StringComparison.OrdinalIgnoreCase)))
            return true;
        LogUnknown(thumbprint);
        return false;
    }

    private static string Plain(string thumbprint) =>
        thumbprint.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    [LoggerMessage(Level = LogLevel.Information, Message = "The certificate in use is {Thumbprint}, valid until {Until}")]
    private partial void LogInUse(string thumbprint, DateTime until);

    [LoggerMessage(Level = LogLevel.Error, Message = "The changed certificate file cannot be read, the former certificate stays: {Error}")]
    private partial void LogUnreadable(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A client showed no certificate that is known: SHA-256 {Thumbprint}")]
    private partial void LogUnknown(string? thumbprint);
}
