namespace Artera.Integration.Mapping.Yaml;

/// <summary>What somebody who wrote a wrong word probably meant.</summary>
internal static class Suggestion
{
    /// <summary>The nearest of the known words, or null when none is near.</summary>
    public static string? For(string written, IEnumerable<string> known) => known
        .Select(word => (Word: word, Distance: Distance(Plain(written), Plain(word))))
        .Where(near => near.Distance <= Math.Max(1, written.Length / 3))
        .OrderBy(near => near.Distance)
        .Select(near => near.Word)
        .FirstOrDefault();

    private static string Plain(string word) => word.Replace("_", "-", StringComparison.Ordinal).ToUpperInvariant();

    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
            previous = current;
        }

        return previous[^1];
    }
}
