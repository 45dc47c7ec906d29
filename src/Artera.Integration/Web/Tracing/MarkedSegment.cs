using Artera.Integration.Mapping;
using Artera.Integration.Web.Api;

namespace Artera.Integration.Web.Tracing;

/// <summary>A segment cut into fields, each with the names that the mapping reads from it.</summary>
internal sealed record MarkedSegment(string Name, IReadOnlyList<MarkedField> Fields)
{
    private const int HeaderLength = 3;

    /// <summary>The segments of a message; a field counts as read when any part of it was.</summary>
    public static IReadOnlyList<MarkedSegment> Of(string raw, IEnumerable<FieldReading> readings)
    {
        var read = readings.Where(reading => reading.Path is not null).ToLookup(reading => Place(reading.Path!), reading => reading.Field, StringComparer.Ordinal);
        var segments = MessageText.Segments(raw);
        var header = segments.FirstOrDefault(segment => segment.StartsWith("MSH", StringComparison.Ordinal) && segment.Length > HeaderLength);
        var separator = header is null ? '|' : header[HeaderLength];
        return [.. segments.Select(segment => Of(segment, separator, read))];
    }

    private static MarkedSegment Of(string segment, char separator, ILookup<string, string> read)
    {
        var parts = segment.Split(separator);
        // MSH-1 is the separator itself, which the split has eaten.
        var first = parts[0] is "MSH" or "BHS" or "FHS" ? 2 : 1;
        return new MarkedSegment(parts[0], [.. parts.Skip(1).Select((text, at) => Field($"{parts[0]}-{at + first}", separator + text))]);

        MarkedField Field(string path, string text) => new(text, path, string.Join(", ", read[path].Distinct(StringComparer.Ordinal)));
    }

    /// <summary><c>PID-3(5=MRN).1</c> and <c>AIL(2)-3.1</c> are in the fields <c>PID-3</c> and <c>AIL-3</c>.</summary>
    private static string Place(string path)
    {
        var dash = path.IndexOf('-', StringComparison.Ordinal);
        if (dash < 3)
            return path;
        var end = dash + 1;
        while (end < path.Length && char.IsAsciiDigit(path[end]))
            end++;
        return path[..3] + path[dash..end];
    }
}

/// <param name="Text">With the separator before it.</param>
/// <param name="Path">Such as <c>PID-3</c>.</param>
/// <param name="ReadAs">The mapping's fields that come from here; empty when nobody reads it.</param>
internal sealed record MarkedField(string Text, string Path, string ReadAs);
