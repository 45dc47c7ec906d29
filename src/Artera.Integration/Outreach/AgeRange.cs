using System.Globalization;

namespace Artera.Integration.Outreach;

/// <summary>Ages as people write them in a filter: <c>18-64</c>, <c>65+</c>, <c>17</c>.</summary>
internal static class AgeRange
{
    public static bool Contains(string range, int age) => TryRead(range, out var from, out var to) && age >= from && age <= to;

    public static bool TryRead(string range, out int from, out int to)
    {
        var text = range.AsSpan().Trim();
        to = int.MaxValue;
        if (text.EndsWith("+"))
            return Number(text[..^1], out from);

        var dash = text.IndexOf('-');
        if (dash >= 0)
            return Number(text[..dash], out from) & Number(text[(dash + 1)..], out to) && from <= to;

        var one = Number(text, out from);
        to = from;
        return one;
    }

    private static bool Number(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
