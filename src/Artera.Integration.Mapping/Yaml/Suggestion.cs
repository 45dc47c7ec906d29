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

    /// <summary>Letters to change, add, drop, or swap with the next (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var costs = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            costs[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            costs[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                costs[i, j] = Math.Min(Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1, costs[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
            }
        }

        return costs[left.Length, right.Length];
    }
}
