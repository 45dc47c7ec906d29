using System.Security.Cryptography;
using Artera.Integration.Mapping;

namespace Artera.Integration.Feeds;

/// <summary>What can be wrong with the way back to an EMR.</summary>
internal static class WriteBackChecks
{
    public static IEnumerable<string> Errors(WriteBackTarget? target, MappingFile? mapping)
    {
        if (target is null)
            yield break;
        if (target.Mllp is not { } mllp)
        {
            yield return " names no destination: it needs Mllp:Host and Mllp:Port";
            yield break;
        }

        if (mapping is { WriteBack: null })
            yield return $": the mapping {mapping.Name} has no writeback section, so there is nothing to say to the EMR";
        if (string.IsNullOrWhiteSpace(mllp.Host))
            yield return ":Mllp:Host is empty";
        if (mllp.Port is < 1 or > 65535)
            yield return $":Mllp:Port {mllp.Port} is not a port";
        if (mllp.ConnectTimeout <= TimeSpan.Zero)
            yield return ":Mllp:ConnectTimeout must be more than zero";
        if (mllp.AckTimeout <= TimeSpan.Zero)
            yield return ":Mllp:AckTimeout must be more than zero";
        if (!mllp.Tls && (mllp.ServerCertificates.Length > 0 || mllp.ClientCertificate is not null))
            yield return ":Mllp names certificates, but Tls is false";
        if (mllp.ClientCertificate is { } file && !File.Exists(file))
            yield return $":Mllp:ClientCertificate {file} is not there";
        else if (Unreadable(mllp) is { } error)
            yield return $":Mllp:ClientCertificate cannot be read ({error})";
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
