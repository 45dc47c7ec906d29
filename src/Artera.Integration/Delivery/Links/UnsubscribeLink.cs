using System.Buffers.Binary;

namespace Artera.Integration.Delivery.Links;

/// <summary>The address that opts the receiver of one e-mail out of the line that it came from.</summary>
internal static class UnsubscribeLink
{
    public static string For(LinkSigner signer, long messageId)
    {
        Span<byte> content = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(content, messageId);
        return signer.Url(LinkPurpose.Unsubscribe, content);
    }

    /// <summary>The message; null when we have not made the link.</summary>
    public static long? Read(LinkSigner signer, string token) =>
        signer.Open(LinkPurpose.Unsubscribe, token) is { Length: sizeof(long) } content ? BinaryPrimitives.ReadInt64BigEndian(content) : null;
}
