using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Artera.Integration.Delivery.Twilio;

/// <summary>
/// How Twilio signs what it calls back: HMAC-SHA1 with the account's token over the address as Twilio knows
/// it, followed by every form field's name and value in ordinal order of the names.
/// </summary>
internal static class TwilioSignature
{
    public static string Of(string authToken, string url, IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        var signed = new StringBuilder(url);
        foreach (var (key, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            foreach (var value in values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                signed.Append(key).Append(value);
        }

#pragma warning disable CA5350 // Twilio's choice; as an HMAC, SHA-1 still holds.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
    }

    /// <summary>Whether the signature fits the address with its port or without: Twilio signs either.</summary>
    public static bool Fits(string? signature, string authToken, string url, IReadOnlyCollection<KeyValuePair<string, StringValues>> form)
    {
        var given = Encoding.UTF8.GetBytes(signature ?? "");
        var fits = false;
        foreach (var spelling in Spellings(url))
            fits |= CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Of(authToken, spelling, form)));
        return fits;
    }

    private static IEnumerable<string> Spellings(string url)
    {
        var uri = new Uri(url);
        var host = $"{uri.Scheme}://{uri.Host}";
        var path = url[url.IndexOf('/', uri.Scheme.Length + "://".Length)..];
        return [url, host + path, $"{host}:{uri.Port}{path}"];
    }
}
