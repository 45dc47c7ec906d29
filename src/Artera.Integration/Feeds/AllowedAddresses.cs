using System.Net;

namespace Artera.Integration.Feeds;

/// <summary>The addresses that may connect to a feed: single ones and CIDR ranges; none at all allows every address.</summary>
public sealed class AllowedAddresses
{
    private readonly List<IPNetwork> networks = [];

    /// <summary>Reads <c>AllowFrom</c>.</summary>
    /// <param name="entries">Such as <c>10.20.0.0/16</c>, <c>10.1.2.3</c> or <c>fd00::/8</c>.</param>
    /// <param name="bad">The entries that are neither an address nor a range.</param>
    public static AllowedAddresses Parse(IEnumerable<string> entries, out List<string> bad)
    {
        var allowed = new AllowedAddresses();
        bad = [];
        foreach (var entry in entries)
        {
            if (IPNetwork.TryParse(entry, out var network))
                allowed.networks.Add(network);
            else if (IPAddress.TryParse(entry, out var address))
                allowed.networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                bad.Add(entry);
        }

        return allowed;
    }

    public bool Allows(IPAddress? address)
    {
        if (networks.Count == 0)
            return true;
        if (address is null)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Exists(network => network.Contains(plain));
    }
}
