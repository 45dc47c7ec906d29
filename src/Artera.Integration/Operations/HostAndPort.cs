using System.Globalization;
using Artera.Integration.Feeds;

namespace Artera.Integration.Operations;

/// <summary>HOST:PORT on a command line; an IPv6 address stands in brackets.</summary>
internal static class HostAndPort
{
    public static MllpDestination? Read(string text, bool tls)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65535)
            return null;
        return new MllpDestination { Host = text[..colon].Trim('[', ']'), Port = port, Tls = tls };
    }

    public static string Problem(string text) => $"{text} is not HOST:PORT, such as localhost:2575";
}
