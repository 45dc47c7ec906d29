using System.Collections.Frozen;
using System.Globalization;
using Artera.Integration.Outreach.Wording;

namespace Artera.Integration.Replies;

/// <summary>What we write back by ourselves, in the languages of those who read it.</summary>
internal sealed class ReplyTexts(FrozenDictionary<string, LanguageWords> languages)
{
    private readonly string[] written = [.. languages.Keys.Where(language => language != LanguageWords.Any)];

    /// <summary>The question once in each language, then the numbered names.</summary>
    public string WhoIsThis(IEnumerable<string> spoken, IEnumerable<string> names)
    {
        var questions = spoken.Select(language => Words(language).WhoIsThis).Distinct(StringComparer.Ordinal);
        var numbered = names.Select((name, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1} {name}"));
        return string.Join('\n', [.. questions, .. numbered]);
    }

    public string OneWay(string language, string practiceName) =>
        Words(language).OneWay!.Replace("{practiceName}", practiceName, StringComparison.Ordinal);

    /// <summary>Whether the text, without courtesies, means all of a list.</summary>
    public bool MeansEveryone(string text) =>
        languages.Values.Any(words => words.Everyone.Exists(everyone => ReplyText.Of(everyone).Joined == text));

    private LanguageWords Words(string language) => languages[Languages.Choose(written, language, "en")!];
}
