using System.Text;

namespace Artera.Integration.Benchmarks;

/// <summary>The obvious reader: the whole message split into a tree of strings, then looked up. What ours is measured against.</summary>
internal sealed class TreeReader
{
    private readonly List<(string Name, string[][][] Fields)> segments = [];

    public TreeReader(byte[] raw)
    {
        foreach (var line in Encoding.UTF8.GetString(raw).Split('\r', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split('|');
            var tree = Array.ConvertAll(fields, field => Array.ConvertAll(field.Split('~'), repetition => repetition.Split('^')));
            segments.Add((fields[0], tree));
        }
    }

    /// <summary>A component of the first repetition, or of the one whose component <paramref name="where"/> is <paramref name="equals"/>.</summary>
    public string Get(string segment, int field, int component, int where = 0, string equals = "")
    {
        var found = segments.FirstOrDefault(candidate => candidate.Name == segment);
        var index = segment == "MSH" ? field - 1 : field;
        if (found.Fields is null || index >= found.Fields.Length) return string.Empty;
        var repetition = where == 0
            ? found.Fields[index][0]
            : found.Fields[index].FirstOrDefault(candidate => candidate.Length >= where && string.Equals(candidate[where - 1], equals, StringComparison.OrdinalIgnoreCase));
        if (repetition is null || component > repetition.Length) return string.Empty;
        return repetition[component - 1].Replace("\\F\\", "|").Replace("\\S\\", "^").Replace("\\T\\", "&").Replace("\\R\\", "~").Replace("\\E\\", "\\");
    }
}
