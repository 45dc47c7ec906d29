using System.Globalization;
using System.Text;

namespace Artera.Integration.Replies;

/// <summary>
/// A text as its words: without case, accents, punctuation, skin tones and Arabic vowel signs, with digits as 0-9.
/// Chinese, Japanese and Thai have no blanks between words, so there each character stands alone.
/// </summary>
/// <param name="Words">Words, and emoji as words of their own.</param>
/// <param name="Asks">There is a question mark of any script.</param>
internal readonly record struct ReplyText(IReadOnlyList<string> Words, bool Asks)
{
    private const string Apostrophes = "'`´‘’‛′ʼʻ＇";
    private const string QuestionMarks = "?؟¿❓❔⸮՞፧";
    private const string Heart = "<3";
    private const int MostWords = 60;

    public string Joined => string.Join(' ', Words);

    public static ReplyText Of(string text, int mostWords = MostWords)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var asks = false;
        foreach (var rune in Decomposed(text).EnumerateRunes())
        {
            switch (KindOf(rune))
            {
                case Kind.Letter when StandsAlone(rune):
                case Kind.Sign:
                    End();
                    words.Add(rune.ToString());
                    break;
                case Kind.Letter:
                    word.Append(Plain(rune));
                    break;
                case Kind.Digit:
                    word.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
                    break;
                case Kind.Ignored:
                    break;
                case Kind.Question:
                    asks = true;
                    End();
                    break;
                default:
                    End();
                    break;
            }
        }

        End();
        return new ReplyText(words.Count > mostWords ? words.GetRange(0, mostWords) : words, asks);

        void End()
        {
            if (word.Length == 0)
                return;
            words.Add(word.ToString());
            word.Clear();
        }
    }

    /// <summary>An emoji or other sign: an ornament unless the word lists know it.</summary>
    public static bool IsSign(string word) =>
        Rune.GetRuneAt(word, 0) is var rune && Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;

    private enum Kind
    {
        Gap,
        Letter,
        Digit,
        Sign,
        Question,
        Ignored,
    }

    private static Kind KindOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        _ when QuestionMarks.Contains(rune.ToString(), StringComparison.Ordinal) => Kind.Question,
        UnicodeCategory.DecimalDigitNumber => Kind.Digit,
        UnicodeCategory.OtherSymbol => Kind.Sign,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierSymbol => Kind.Ignored,
        UnicodeCategory.ModifierLetter when rune.Value == 'ـ' => Kind.Ignored,
        UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => Kind.Gap,
        UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
            or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation
            or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol => Kind.Gap,
        _ => Kind.Letter,
    };

    private static string Decomposed(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.Replace(Heart, " ", StringComparison.Ordinal).EnumerateRunes())
        {
            if (!Apostrophes.Contains(rune.ToString(), StringComparison.Ordinal))
                kept.Append(rune);
        }

        return kept.ToString().Normalize(NormalizationForm.FormKD).ToLowerInvariant();
    }

    /// <summary>Letters that people use for each other and that no decomposition brings together.</summary>
    private static string Plain(Rune rune) => rune.Value switch
    {
        'đ' => "d",
        'ł' => "l",
        'ø' => "o",
        'ı' => "i",
        'ß' => "ss",
        'ٱ' => "ا",
        'ى' or 'ی' => "ي",
        'ة' => "ه",
        'ک' => "ك",
        _ => rune.ToString(),
    };

    private static bool StandsAlone(Rune rune) => rune.Value
        is (>= 0x0E00 and <= 0x0EFF)
        or (>= 0x3040 and <= 0x30FF)
        or (>= 0x3400 and <= 0x9FFF)
        or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x20000 and <= 0x3FFFF);
}
