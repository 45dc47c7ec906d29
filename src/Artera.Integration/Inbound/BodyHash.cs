using System.IO.Hashing;
using System.Numerics;

namespace Artera.Integration.Inbound;

/// <summary>
/// A message without MSH-7, hashed: a resend may carry a new time and is still the same message, while a reused
/// control id comes with another body.
/// </summary>
internal static class BodyHash
{
    public static long Of(ReadOnlySpan<byte> message)
    {
        var (from, to) = Time(message);
        return (long)(XxHash3.HashToUInt64(message[to..]) ^ BitOperations.RotateLeft(XxHash3.HashToUInt64(message[..from]), 1));
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
