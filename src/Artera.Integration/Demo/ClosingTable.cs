using System.Globalization;

namespace Artera.Integration.Demo;

/// <summary>What the story expected against what the database and the other sides of the sockets say.</summary>
internal static class ClosingTable
{
    /// <returns>True when every count matches.</returns>
    public static bool Write(TextWriter output, Tally expected, Tally actual)
    {
        var names = expected.Names.Union(actual.Names, StringComparer.Ordinal).ToList();
        var width = names.Max(name => name.Length);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"".PadRight(width)}  expected    actual"));
        var wrong = 0;
        foreach (var name in names)
        {
            var mark = expected[name] == actual[name] ? "" : "  <-- differs";
            wrong += mark.Length == 0 ? 0 : 1;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name.PadRight(width)}  {expected[name],8}  {actual[name],8}{mark}"));
        }

        output.WriteLine(wrong == 0 ? "  Every count is right." : $"  {wrong} counts differ.");
        return wrong == 0;
    }
}
