using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using YamlDotNet.Core;

namespace Artera.Integration.Mapping.Yaml;

/// <summary>Writes a code into a table of a mapping file as a person would: everything else stays as it is, comments and layout too.</summary>
internal static class TableEdit
{
    private static readonly string[] NotPlain = ["otherwise", "null", "~"];

    public static bool TryAdd(string yaml, string table, string code, string? meaning, [NotNullWhen(true)] out string? changed)
    {
        changed = Find(yaml, table) switch
        {
            (_, YamlMap { Place: var at } map) when IsFlow(yaml, at) => InFlow(yaml, at, map.Entries.Count == 0, $"{Quoted(code)}: {Quoted(meaning)}"),
            (_, YamlMap { Entries: [var first, ..] all }) => After(yaml, all[^1].Value.Place.Line, first.Key.Place.Column, $"{Quoted(code)}: {Quoted(meaning)}"),
            ({ } key, YamlText { Value: "" }) => After(yaml, key.Place.Line, key.Place.Column + 2, $"{Quoted(code)}: {Quoted(meaning)}"),
            _ => null,
        };
        return changed is not null;
    }

    private static (YamlText? Key, YamlNode? Body) Find(string yaml, string table)
    {
        try
        {
            var tables = Entries(YamlTree.Read(yaml)).FirstOrDefault(part => part.Key.Value == "tables").Value;
            var found = Entries(tables).FirstOrDefault(entry => entry.Key.Value == table);
            return (found.Key, found.Value);
        }
        catch (YamlException)
        {
            return default;
        }
    }

    private static List<KeyValuePair<YamlText, YamlNode>> Entries(YamlNode? node) => node is YamlMap map ? map.Entries : [];

    private static bool IsFlow(string yaml, YamlPlace at) => yaml[Offset(yaml, at.Line) + at.Column - 1] == '{';

    /// <summary>Just behind the brace, where no comment can be in the way.</summary>
    private static string InFlow(string yaml, YamlPlace at, bool empty, string entry) =>
        yaml.Insert(Offset(yaml, at.Line) + at.Column, empty ? $" {entry} " : $" {entry},");

    private static string After(string yaml, int line, int column, string entry)
    {
        var ending = yaml.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var next = Offset(yaml, line + 1);
        var indented = new string(' ', column - 1) + entry + ending;
        return next == yaml.Length && !yaml.EndsWith('\n') ? yaml + ending + indented : yaml.Insert(next, indented);
    }

    /// <summary>Where a line begins; lines count from 1.</summary>
    private static int Offset(string yaml, int line)
    {
        var at = 0;
        for (; line > 1; line--)
        {
            var end = yaml.IndexOf('\n', at);
            if (end < 0)
                return yaml.Length;
            at = end + 1;
        }

        return at;
    }

    private static string Quoted(string? text)
    {
        if (text is null)
            return "~";
        if (text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            && !NotPlain.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\u2028' or '\u2029' or '\ufeff')
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
            else
                quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }
}
