using System.Text;
using Artera.Integration.Mapping.Reading;
using NodaTime;

namespace Artera.Integration.Mapping.Golden;

/// <summary>
/// A mapping result as the golden samples keep it: only what is stated, always in the same order, so that a change of
/// meaning is a change of lines.
/// </summary>
public static class ResultYaml
{
    internal const string Erased = "~";

    /// <summary>Writes a result; a value that the message removes is <c>~</c>.</summary>
    /// <param name="result">What the mapping made of a message.</param>
    /// <param name="zone">The zone in which starts are shown.</param>
    /// <returns>YAML with LF line ends.</returns>
    public static string Write(MappingResult result, DateTimeZone zone)
    {
        var yaml = new StringBuilder();
        yaml.Append("outcome: ").Append(Kebab.Of(result.Outcome.ToString())).Append('\n');
        if (result.Causes.Count > 0)
            yaml.Append("causes:\n");
        foreach (var cause in result.Causes)
            Entry(yaml, "- ", "  ", Fields(cause));
        if (result.Events.Count > 0)
            yaml.Append("events:\n");
        foreach (var happened in result.Events)
            Entry(yaml, "- ", "  ", EventFields.Of(happened, new(zone, "")));
        return yaml.ToString();
    }

    private static IEnumerable<(string Key, string? Value)> Fields(Cause cause) =>
        [("code", cause.Code), ("field", cause.Field), ("path", cause.Path), ("value", cause.Value), ("table", cause.Table), ("because", cause.Because)];

    private static void Entry(StringBuilder yaml, string first, string next, IEnumerable<(string Key, string? Value)> fields)
    {
        var indent = first;
        foreach (var (key, value) in fields.Where(field => field.Value is not null))
        {
            yaml.Append("  ").Append(indent).Append(key).Append(": ").Append(Quoted(value!)).Append('\n');
            indent = next;
        }
    }

    private static string Quoted(string value) => value == Erased || IsPlain(value)
        ? value
        : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n")}\"";

    private static bool IsPlain(string value) =>
        value.Length > 0 && char.IsLetter(value[0]) && value[^1] != ' ' && value is not ("yes" or "no" or "true" or "false" or "null")
        && value.All(letter => char.IsLetterOrDigit(letter) || " .,()/@+_^=-".Contains(letter, StringComparison.Ordinal));
}
