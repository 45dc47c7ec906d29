using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Artera.Integration.Inbound;

/// <summary>
/// A message without MSH-7, hashed: a resend may carry a new time and is still the same message, while a reused
/// control id comes with another body.
/// </summary>
internal static class BodyHash
{
    [ThreadStatic]
    private static IncrementalHash? hasher;

    public static long Of(ReadOnlySpan<byte> message)
    {
        var hash = hasher ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (from, to) = Time(message);
        hash.AppendData(message[..from]);
        hash.AppendData(message[to..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);
    }

    private static (int From, int To) Time(ReadOnlySpan<byte> message)
    {
        var start = message.IndexOf("MSH"u8);
        if (start < 0 || start + 3 >= message.Length)
            return (0, 0);
        var separator = message[start + 3];
        var at = start + 3;
        for (var field = 2; field <= 7; field++)
        {
            var length = message[(at + 1)..].IndexOfAny(separator, (byte)'\r', (byte)'\n');
            var end = length < 0 ? message.Length : at + 1 + length;
            if (field == 7)
                return (at + 1, end);
            if (length < 0 || message[end] != separator)
                return (0, 0);
            at = end;
        }

        return (0, 0);
    }
}
