using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Artera.Integration.Operations.Keys;

/// <summary>The secret of an API key: 256 random bits, so its plain SHA-256 is as good as a slow hash.</summary>
internal static class KeySecret
{
    private const string Prefix = "artera_";
    private const int Bytes = 32;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
