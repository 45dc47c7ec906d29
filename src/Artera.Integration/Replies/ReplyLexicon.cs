using System.Collections.Frozen;

namespace Artera.Integration.Replies;

internal enum Phrase
{
    OptOut,
    OptIn,
    Confirm,
    Cancel,
    Reschedule,
    Courtesy,
}

/// <summary>The phrases of all languages with what each means; where languages differ, the first one decides.</summary>
internal sealed class ReplyLexicon
{
    private readonly FrozenDictionary<string, Phrase> phrases;
    private readonly int longest;

    public ReplyLexicon(IEnumerable<LanguageWords> languages)
    {
        var all = new Dictionary<string, Phrase>(StringComparer.Ordinal);
        foreach (var words in languages)
        {
            Add(words.OptOut, Phrase.OptOut);
            Add(words.OptIn, Phrase.OptIn);
            Add(words.Confirm, Phrase.Confirm);
            Add(words.Cancel, Phrase.Cancel);
            Add(words.Reschedule, Phrase.Reschedule);
            Add(words.Courtesy, Phrase.Courtesy);
        }

        phrases = all.ToFrozenDictionary(StringComparer.Ordinal);
        longest = all.Keys.Max(phrase => phrase.Count(character => character == ' ') + 1);

        void Add(List<string> list, Phrase means)
        {
            foreach (var phrase in list)
                all.TryAdd(ReplyText.Of(phrase).Joined, means);
        }
    }

    public bool Knows(string word) => phrases.ContainsKey(word);

    /// <summary>The whole text as the fewest phrases that make it up, or null when something is left over.</summary>
    public List<Phrase>? Split(IReadOnlyList<string> words)
    {
        var best = new (int Count, int Length, Phrase First)?[words.Count + 1];
        best[words.Count] = (0, 0, default);
        for (var start = words.Count - 1; start >= 0; start--)
        {
            for (var length = Math.Min(longest, words.Count - start); length > 0; length--)
            {
                if (best[start + length] is { } rest
                    && (best[start] is not { } found || rest.Count + 1 < found.Count)
                    && phrases.TryGetValue(string.Join(' ', words.Skip(start).Take(length)), out var phrase))
                {
                    best[start] = (rest.Count + 1, length, phrase);
                }
            }
        }

        if (best[0] is null)
            return null;
        var split = new List<Phrase>();
        for (var at = 0; at < words.Count; at += best[at]!.Value.Length)
            split.Add(best[at]!.Value.First);
        return split;
    }
}
