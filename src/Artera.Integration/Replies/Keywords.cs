using Artera.Integration.Outreach.Hearing;

namespace Artera.Integration.Replies;

/// <summary>Whether a text says one of a rule's words, and how closely: whole, at its start, or somewhere.</summary>
internal static class Keywords
{
    private const int AllWords = int.MaxValue;

    /// <returns>0: not at all; the higher, the closer.</returns>
    public static int Closeness(Hears hears, string text)
    {
        var said = ReplyText.Of(text, AllWords).Words;
        var plain = said.Where(word => !ReplyText.IsSign(word)).ToList();
        if (hears.Exact.Exists(keyword => Is(said, keyword) || Is(plain, keyword)))
            return 3;
        if (hears.StartsWith.Exists(keyword => At(said, keyword, 0) || At(plain, keyword, 0)))
            return 2;
        return hears.Contains.Exists(keyword => Has(said, keyword) || Has(plain, keyword)) ? 1 : 0;
    }

    private static bool Is(IReadOnlyList<string> said, string keyword) => Words(keyword) is var words && words.Count == said.Count && At(said, words, 0);

    private static bool Has(IReadOnlyList<string> said, string keyword) =>
        Words(keyword) is var words && Enumerable.Range(0, Math.Max(0, said.Count - words.Count + 1)).Any(start => At(said, words, start));

    private static bool At(IReadOnlyList<string> said, string keyword, int start) => At(said, Words(keyword), start);

    private static bool At(IReadOnlyList<string> said, IReadOnlyList<string> words, int start) =>
        words.Count > 0 && start + words.Count <= said.Count && !words.Where((word, index) => said[start + index] != word).Any();

    private static IReadOnlyList<string> Words(string keyword) => ReplyText.Of(keyword).Words;
}
