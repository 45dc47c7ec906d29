using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>
/// Changes one value of a JSON text and leaves every other byte as it is: what we do not know goes back as it came.
/// A path is made of property names and, as numbers, of places in lists.
/// </summary>
internal static class JsonSplice
{
    /// <summary>Where a value stands; or, when it is missing, where it would go and from which part of the path on it is missing.</summary>
    public readonly record struct Place(int Start, int End, int Missing, bool First)
    {
        public bool IsThere => Missing < 0;
    }

    public static byte[] Set(ReadOnlySpan<byte> json, ReadOnlySpan<object> path, ReadOnlySpan<byte> value)
    {
        if (Find(json, path) is not { } place)
            throw new ArgumentException("the path leads nowhere", nameof(path));
        var changed = new ArrayBufferWriter<byte>(json.Length + value.Length + 64);
        changed.Write(json[..place.Start]);
        if (place.IsThere)
        {
            changed.Write(value);
        }
        else
        {
            if (!place.First)
                changed.Write(","u8);
            changed.Write(Property((string)path[place.Missing]));
            changed.Write(Wrapped(path[(place.Missing + 1)..], value));
        }

        changed.Write(json[place.End..]);
        return changed.WrittenSpan.ToArray();
    }

    /// <summary>A value inside the objects that are missing around it.</summary>
    public static byte[] Wrapped(ReadOnlySpan<object> path, ReadOnlySpan<byte> value) =>
        path.Length == 0 ? value.ToArray() : [(byte)'{', .. Property((string)path[0]), .. Wrapped(path[1..], value), (byte)'}'];

    /// <returns>Null when the path goes through something that is neither object nor list, or past the end of a list.</returns>
    public static Place? Find(ReadOnlySpan<byte> json, ReadOnlySpan<object> path)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        for (var depth = 0; depth < path.Length; depth++)
        {
            if (path[depth] is int index)
            {
                if (!Enter(ref reader, index))
                    return null;
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartObject)
                return null;
            if (Enter(ref reader, (string)path[depth], out var end, out var first))
                continue;
            return path[(depth + 1)..].HasAPlace() ? null : new(end, end, depth, first);
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new(start, (int)reader.BytesConsumed, -1, First: false);
    }

    private static bool Enter(ref Utf8JsonReader reader, int index)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i == index)
                return true;
            reader.Skip();
        }

        return false;
    }

    private static bool Enter(ref Utf8JsonReader reader, string name, out int end, out bool first)
    {
        (end, first) = ((int)reader.BytesConsumed, true);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
                return true;
            reader.Skip();
            (end, first) = ((int)reader.BytesConsumed, false);
        }

        return false;
    }

    private static bool HasAPlace(this ReadOnlySpan<object> path)
    {
        foreach (var part in path)
        {
            if (part is int)
                return true;
        }

        return false;
    }

    private static byte[] Property(string name) => Encoding.UTF8.GetBytes($"\"{name}\":");
}
