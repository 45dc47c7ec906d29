using System.Globalization;
using System.Text;
using Artera.Integration.Replies;
using CsCheck;

namespace Artera.Integration.Tests.Replies;

public class Any_text
{
    private static readonly ReplyReader Reader = new(LanguageWords.BuiltIn(), CancelKeyword.OptOut);

    private static readonly Gen<string> Language = Gen.OneOf("en", "es", "ar", "vi", "zh", "");

    private static readonly Gen<string> Known = Gen.OneOf(
        "yes", "no", "sí", "no puedo", "gracias", "thank you", "stop", "start", "cancel", "reschedule", "ok", "نعم", "لا أستطيع", "شكرا", "là", "vâng", "да",
        "👍", "1", "later", "10:30", "?", "إلغاء", "baja");

    private static readonly Gen<string> Sentence = Known.Array[1, 4].Select(parts => string.Join(' ', parts));

    [Fact]
    public void Is_read_without_an_exception() =>
        Gen.Select(Gen.Char.Array[0, 60].Select(chars => new string(chars)), Language).Sample(
            (text, language) => Reader.Read(text, language, optedOut: false).Meaning.ShouldBeOneOf(Enum.GetValues<Meaning>()));

    [Fact]
    public void Means_the_same_in_capitals() => Sentence.Sample(
        text => Same(text, text.ToUpperInvariant()));

    [Fact]
    public void Means_the_same_with_more_blanks() => Gen.Select(Sentence, Gen.OneOf(" ", "\t", "\n", "\u00A0", "\u2003", "\r\n")).Sample(
        (text, blank) => Same(text, blank + text.Replace(" ", blank + " ", StringComparison.Ordinal) + blank));

    [Fact]
    public void Means_the_same_with_other_accents() => Gen.Select(Sentence, Gen.OneOf("\u0301", "\u0300", "\u0308", "\u0323", "\u064E", "\u0640", "\u200F")).Sample(
        (text, mark) => Same(text, WithMarks(text, mark)));

    [Fact]
    public void Means_the_same_without_accents() => Sentence.Sample(
        text => Same(text, WithoutMarks(text)));

    [Fact]
    public void Means_the_same_with_a_full_stop() => Sentence.Sample(
        text => Same(text, text + " ."));

    [Fact]
    public void Is_never_an_answer_when_it_asks() => Sentence.Sample(
        text => Reader.Read(text + "?", "en", optedOut: false).Meaning.ShouldBeOneOf(Meaning.Plain, Meaning.OptOut));

    [Fact]
    public void Opts_out_whatever_known_words_stand_around_stop() =>
        Gen.Select(Gen.OneOf("yes", "no", "please", "ok", "start", "gracias"), Gen.OneOf("stop", "QUIT", "Unsubscribe", "END")).Sample(
            (word, stop) => Reader.Read($"{word} {stop}", "en", optedOut: false).Meaning.ShouldBe(Meaning.OptOut));

    private static void Same(string text, string changed) =>
        Reader.Read(changed, "en", optedOut: false).Meaning.ShouldBe(Reader.Read(text, "en", optedOut: false).Meaning);

    private static string WithMarks(string text, string mark)
    {
        var marked = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            marked.Append(rune);
            if (Rune.IsLetter(rune))
                marked.Append(mark);
        }

        return marked.ToString();
    }

    private static string WithoutMarks(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(character => CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark));
}
