using System.Security.Cryptography;

namespace Artera.Integration.Feeds;

/// <summary>What can be wrong with the address of an EMR's listener.</summary>
internal static class DestinationChecks
{
    public static IEnumerable<string> Errors(MllpDestination mllp)
    {
        if (string.IsNullOrWhiteSpace(mllp.Host))
            yield return ":Host is empty";
        if (mllp.Port is < 1 or > 65535)
            yield return $":Port {mllp.Port} is not a port";
        if (mllp.ConnectTimeout <= TimeSpan.Zero)
            yield return ":ConnectTimeout must be more than zero";
        if (mllp.AckTimeout <= TimeSpan.Zero)
            yield return ":AckTimeout must be more than zero";
        if (!mllp.Tls && (mllp.ServerCertificates.Length > 0 || mllp.ClientCertificate is not null))
            yield return " names certificates, but Tls is false";
        if (mllp.ClientCertificate is { } file && !File.Exists(file))
            yield return $":ClientCertificate {file} is not there";
        else if (Unreadable(mllp) is { } error)
            yield return $":ClientCertificate cannot be read ({error})";
    }

    private static string? Unreadable(MllpDestination mllp)
    {
        try
        {
            mllp.ReadClientCertificate();
            return null;
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return unreadable.GetType().Name;
        }
    }

    public static MllpCertificate? ReadClientCertificate(this MllpDestination mllp) => mllp.ClientCertificate is { } file
        ? MllpCertificate.Read(new MllpTlsOptions { Certificate = file, Password = mllp.ClientCertificatePassword })
        : null;
}
