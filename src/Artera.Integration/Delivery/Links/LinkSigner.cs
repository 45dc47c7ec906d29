using System.Buffers.Text;
using System.Security.Cryptography;

namespace Artera.Integration.Delivery.Links;

/// <summary>What a link is for; a token for one purpose is worthless for another.</summary>
internal enum LinkPurpose : byte
{
    Confirm = (byte)'c',
    Unsubscribe = (byte)'u',
}

/// <summary>
/// Tokens short enough for a text message: a few bytes that name rows of ours, and 80 bits of HMAC-SHA256 that only we can
/// make. They can only be tried against this server, one by one.
/// </summary>
internal sealed class LinkSigner(string address, byte[] key)
{
    private const int SealBytes = 10;

    /// <summary>The whole address.</summary>
    public string Url(LinkPurpose purpose, ReadOnlySpan<byte> content) => $"{address}/{(char)purpose}/{Sign(purpose, content)}";

    public string Sign(LinkPurpose purpose, ReadOnlySpan<byte> content) =>
        Base64Url.EncodeToString([.. content, .. Seal(purpose, content)]);

    /// <summary>What was signed; null when it was not, or not for this.</summary>
    public byte[]? Open(LinkPurpose purpose, string token)
    {
        if (!Base64Url.IsValid(token, out var length) || length <= SealBytes)
            return null;
        var bytes = Base64Url.DecodeFromChars(token);
        var content = bytes[..^SealBytes];
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(content.Length), Seal(purpose, content)) ? content : null;
    }

    private byte[] Seal(LinkPurpose purpose, ReadOnlySpan<byte> content)
    {
        byte[] named = [(byte)purpose, .. content];
        return HMACSHA256.HashData(key, named)[..SealBytes];
    }
}
