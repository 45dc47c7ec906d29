using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Artera.Integration.Replies;

/// <summary>
/// What a patient's words mean. Only a whole message is an answer: one key word or phrase (or the same thing said
/// twice) and at most one courtesy. Whatever says more is for a person to read.
/// </summary>
internal sealed class ReplyReader(FrozenDictionary<string, LanguageWords> languages, CancelKeyword cancelKeyword)
{
    private readonly ConcurrentDictionary<string, ReplyLexicon> lexicons = new(StringComparer.Ordinal);
    private readonly FrozenSet<string> cancelWords = Joined(languages[LanguageWords.Any].CancelKeyword);
    private readonly FrozenSet<string> optInWhenOut = Joined(languages[LanguageWords.Any].OptInWhenOut);

    /// <summary>The meaning of a whole text.</summary>
    /// <param name="text">As received.</param>
    /// <param name="language">BCP-47; its words decide where languages differ.</param>
    /// <param name="optedOut">The number wants nothing from the line as it stands.</param>
    public Reply Read(string text, string? language, bool optedOut)
    {
        var said = ReplyText.Of(text);
        var lexicon = LexiconFor(language);
        var words = said.Words.Where(word => lexicon.Knows(word) || !ReplyText.IsSign(word)).ToList();
        if (words.Count == 0)
            return Reply.Plain(said.Asks ? "question" : "empty");

        if (!said.Asks && Carrier(string.Join(' ', words), optedOut) is { } carrier)
            return carrier;

        if (lexicon.Split(words) is not { } phrases)
            return Reply.Plain(said.Asks ? "question" : words.Exists(HasDigit) ? "digit" : "other-words");
        if (phrases.Contains(Phrase.OptOut))
            return new Reply(Meaning.OptOut);
        if (said.Asks)
            return Reply.Plain("question");

        var keys = phrases.FindAll(phrase => phrase != Phrase.Courtesy);
        if (keys.Count == 0)
            return Reply.Plain("only-courtesy");
        if (phrases.Count - keys.Count > 1)
            return Reply.Plain("more-courtesies");
        if (keys.Distinct().Skip(1).Any())
            return Reply.Plain("both");
        return keys.Count > 1 && words.Exists(HasDigit) ? Reply.Plain("digit") : new Reply(MeaningOf(keys[0]));
    }

    /// <summary>Without courtesies around it: what may be a number or a name of a list.</summary>
    public string WithoutCourtesy(string text, string? language)
    {
        var lexicon = LexiconFor(language);
        var words = ReplyText.Of(text).Words.Where(word => !ReplyText.IsSign(word)).ToList();
        for (var kept = words.Count - 1; kept > 0; kept--)
        {
            if (IsCourtesy(words.Skip(kept)))
                return string.Join(' ', words.Take(kept));
            if (IsCourtesy(words.Take(words.Count - kept)))
                return string.Join(' ', words.Skip(words.Count - kept));
        }

        return string.Join(' ', words);

        bool IsCourtesy(IEnumerable<string> part) => lexicon.Split([.. part]) is [Phrase.Courtesy];
    }

    /// <summary>Words that the carrier acts upon by itself when they are the whole message: we must end where it ends.</summary>
    private Reply? Carrier(string whole, bool optedOut) => whole switch
    {
        _ when cancelKeyword == CancelKeyword.OptOut && cancelWords.Contains(whole) => new Reply(Meaning.OptOut),
        _ when optedOut && optInWhenOut.Contains(whole) => new Reply(Meaning.OptIn),
        _ => null,
    };

    private ReplyLexicon LexiconFor(string? language)
    {
        var first = language?.Split('-', '_')[0].ToLowerInvariant() is { } primary && languages.ContainsKey(primary) ? primary : "en";
        return lexicons.GetOrAdd(first, key => new ReplyLexicon(
            [languages[LanguageWords.Any], languages[key], languages["en"], .. languages.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)]));
    }

    private static bool HasDigit(string word) => word.AsSpan().ContainsAnyInRange('0', '9');

    private static Meaning MeaningOf(Phrase phrase) => phrase switch
    {
        Phrase.OptIn => Meaning.OptIn,
        Phrase.Confirm => Meaning.Confirm,
        Phrase.Cancel => Meaning.Cancel,
        Phrase.Reschedule => Meaning.Reschedule,
        _ => Meaning.OptOut,
    };

    private static FrozenSet<string> Joined(List<string> phrases) =>
        phrases.Select(phrase => ReplyText.Of(phrase).Joined).ToFrozenSet(StringComparer.Ordinal);
}
