using System.Text;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Reading;

/// <summary>What a message says and no rule looks at: how an analyst finds the forgotten Z-segment.</summary>
internal static class UnreadFields
{
    // Set ids, the group and action codes that the engine reads itself, and the header.
    private static readonly HashSet<(string Segment, int Field)> Known =
    [
        ("PID", 1), ("PV1", 1), ("RGS", 1), ("RGS", 2), ("RGS", 3), ("AIS", 1), ("AIS", 2), ("AIG", 1), ("AIG", 2), ("AIL", 1), ("AIL", 2),
        ("AIP", 1), ("AIP", 2), ("NTE", 1), ("TQ1", 1), ("OBR", 1), ("OBX", 1), ("DG1", 1), ("IN1", 1), ("NK1", 1), ("AL1", 1), ("GT1", 1), ("EVN", 1),
    ];

    public static IReadOnlyList<UnreadField> Of(Hl7Message message, IEnumerable<Hl7Path> reads)
    {
        var read = reads.SelectMany(path => path.Which.Select(selector => selector.Field).Append(path.Field).Select(field => (path.Segment, field))).ToHashSet();
        var counts = message.Segments.ToNames().CountBy(name => name).ToDictionary();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        List<UnreadField> unread = [];
        foreach (var segment in message.Segments)
        {
            var name = segment.Name;
            if (name == "MSH")
                continue;
            var number = seen[name] = seen.GetValueOrDefault(name) + 1;
            for (var field = 1; field <= segment.FieldCount; field++)
            {
                if (segment.Repetitions(field).Raw is { IsEmpty: false } raw && !read.Contains((name, field)) && !Known.Contains((name, field)))
                    unread.Add(new(counts[name] > 1 ? $"{name}({number})-{field}" : $"{name}-{field}", Encoding.UTF8.GetString(raw)));
            }
        }

        return unread;
    }

    private static List<string> ToNames(this Hl7Segments segments)
    {
        List<string> names = new(segments.Count);
        foreach (var segment in segments)
            names.Add(segment.Name);
        return names;
    }
}
