using Artera.Integration.Mapping;

namespace Artera.Integration.Operations;

/// <summary>The dry run in aligned columns.</summary>
internal static class MapVerbOutput
{
    private const int WidestValue = 44;

    public static void Write(TextWriter output, Explanation explanation, string id)
    {
        output.WriteLine($"{explanation.Event} {id}: {explanation.Action ?? "not listed"}, {explanation.Result.Outcome.ToString().ToUpperInvariant()}");
        foreach (var cause in explanation.Result.Causes)
            output.WriteLine($"  {cause}");
        var groups = explanation.Readings.GroupBy(reading => reading.Group).ToList();
        foreach (var group in groups)
        {
            output.WriteLine();
            if (groups.Count > 1)
                output.WriteLine($"part {group.Key} of {groups.Count}");
            Table(output, [.. group.Select(Row)]);
        }

        output.WriteLine();
        output.WriteLine(explanation.Unread.Count == 0 ? "Everything was read." : "Not read:");
        Table(output, [.. explanation.Unread.Select(unread => new[] { unread.Path, unread.Text })]);
    }

    /// <summary>References that a server would look up first.</summary>
    public static void WriteNeeds(TextWriter output, IReadOnlyCollection<string> needs)
    {
        if (needs.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("Not at hand, looked up by a feed with Fhir:BaseUrl:");
        foreach (var reference in needs)
            output.WriteLine($"  {reference}");
    }

    private static string[] Row(FieldReading reading) =>
    [
        reading.Field,
        reading.Value is null ? "-" : reading.Value,
        reading.Path is null ? "" : reading.Table is null ? reading.Path : $"{reading.Path} via {reading.Table}",
        reading.Text is null || reading.Text == reading.Value ? "" : $"'{reading.Text}'",
        reading.Note ?? "",
    ];

    private static void Table(TextWriter output, string[][] rows)
    {
        if (rows.Length == 0)
            return;
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => Math.Min(WidestValue, rows.Max(row => row[column].Length))).ToArray();
        foreach (var row in rows)
            output.WriteLine("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
