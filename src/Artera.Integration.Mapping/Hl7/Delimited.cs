using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>Finds the nth part of delimited bytes. A field far into a segment is found 32 bytes at a time, whatever lies before it.</summary>
internal static class Delimited
{
    /// <summary>Where part <paramref name="number"/> (from 0) begins, or -1 when there are fewer.</summary>
    public static int StartOf(ReadOnlySpan<byte> bytes, byte separator, int number)
    {
        if (number == 0) return 0;
        var at = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; bytes.Length - at >= Vector256<byte>.Count; at += Vector256<byte>.Count)
            {
                var block = Vector256.LoadUnsafe(in MemoryMarshal.GetReference(bytes), (nuint)at);
                var found = Vector256.Equals(block, Vector256.Create(separator)).ExtractMostSignificantBits();
                var count = BitOperations.PopCount(found);
                if (count >= number)
                {
                    while (--number > 0) found &= found - 1;
                    return at + BitOperations.TrailingZeroCount(found) + 1;
                }

                number -= count;
            }
        }

        for (; at < bytes.Length; at++)
        {
            if (bytes[at] == separator && --number == 0) return at + 1;
        }

        return -1;
    }

    /// <summary>How long a part is that begins where <paramref name="rest"/> does.</summary>
    public static int LengthOf(ReadOnlySpan<byte> rest, byte separator)
    {
        if (Vector256.IsHardwareAccelerated && rest.Length >= Vector256<byte>.Count)
        {
            var block = Vector256.LoadUnsafe(in MemoryMarshal.GetReference(rest));
            var found = Vector256.Equals(block, Vector256.Create(separator)).ExtractMostSignificantBits();
            if (found != 0) return BitOperations.TrailingZeroCount(found);
        }

        var end = rest.IndexOf(separator);
        return end < 0 ? rest.Length : end;
    }
}
