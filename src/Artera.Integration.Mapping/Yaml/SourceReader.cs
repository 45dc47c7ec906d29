using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Yaml;

/// <summary>Reads <c>PATH [named PATH] [via TABLE]</c> and <c>= TEXT [via TABLE]</c>.</summary>
internal sealed class SourceReader(MappingErrors errors)
{
    private const string Shape = "write PATH, PATH via TABLE, PATH named PATH, or = TEXT";

    /// <summary>The source as far as it can be read, so that all of its errors are told at once; null when it says nothing.</summary>
    public ValueSource? Read(YamlText text)
    {
        var words = text.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < (words.FirstOrDefault() == "=" ? 2 : 1))
        {
            errors.Add(text.Place, Shape);
            return null;
        }

        if (words[0] == "=")
            return new() { Written = text.Value, Constant = text.Value[1..].Trim(), Place = text.Place };
        var source = new ValueSource { Written = words[0], Path = Path(text, words[0]), Place = text.Place };
        for (var at = 1; at < words.Length; at += 2)
        {
            if (at + 1 == words.Length || words[at] is not ("via" or "named"))
            {
                errors.Add(Place(text, words[at]), $"'{words[at]}' is not understood here; {Shape}");
                break;
            }

            source = words[at] == "via"
                ? source with { Table = words[at + 1], Place = Place(text, words[at + 1]) }
                : source with { Named = Path(text, words[at + 1]) };
        }

        return source;
    }

    /// <summary>A path alone; an error at its column when it is none.</summary>
    public Hl7Path? Path(YamlText text, string word)
    {
        if (Hl7Path.TryParse(word, out var path, out var error, out var column))
            return path;
        errors.Add(Place(text, word).Right(Math.Max(0, column - 1)), $"{word} is not a path: {error}", PathSuggestion.For(word));
        return null;
    }

    private static YamlPlace Place(YamlText text, string word) =>
        text.Place.Right(Math.Max(0, text.Value.IndexOf(word, StringComparison.Ordinal)) + (text.Plain ? 0 : 1));
}
