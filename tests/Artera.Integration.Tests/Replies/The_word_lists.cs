using Artera.Integration.Replies;

namespace Artera.Integration.Tests.Replies;

public class The_word_lists
{
    private static readonly IReadOnlyDictionary<string, LanguageWords> Languages = LanguageWords.BuiltIn();

    public static TheoryData<string> All => [.. Languages.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Have_the_languages_of_the_demo_and_some_more() =>
        Languages.Keys.ShouldBe(["any", "ar", "en", "es", "fr", "pt", "ru", "vi", "zh"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(All))]
    public void Say_each_phrase_once_and_with_one_meaning(string language)
    {
        var words = Languages[language];
        var phrases = new[] { words.Confirm, words.Cancel, words.Reschedule, words.Courtesy, words.OptOut, words.OptIn }
            .SelectMany((list, meaning) => list.Select(phrase => (ReplyText.Of(phrase).Joined, meaning)).Distinct())
            .ToList();
        phrases.ShouldAllBe(phrase => phrase.Joined.Length > 0);
        phrases.GroupBy(phrase => phrase.Joined, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Have_no_opt_out_that_is_an_answer_elsewhere(string language)
    {
        var answers = Languages.Values.SelectMany(words => new[] { words.Confirm, words.Cancel, words.Reschedule, words.Courtesy })
            .SelectMany(list => list)
            .Select(phrase => ReplyText.Of(phrase).Joined)
            .ToHashSet(StringComparer.Ordinal);
        Languages[language].OptOut.Select(phrase => ReplyText.Of(phrase).Joined).Where(answers.Contains).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Have_the_texts_that_we_send(string language)
    {
        if (language == LanguageWords.Any)
            return;
        Languages[language].WhoIsThis.ShouldNotBeNullOrWhiteSpace();
        Languages[language].OneWay.ShouldNotBeNull().ShouldContain("{practiceName}");
        Languages[language].Everyone.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Are_read_as_they_mean_in_their_own_language(string language)
    {
        var reader = new ReplyReader(LanguageWords.BuiltIn(), CancelKeyword.CancelVisit);
        var words = Languages[language];
        All(words.Confirm, Meaning.Confirm);
        All(words.Cancel, Meaning.Cancel);
        All(words.Reschedule, Meaning.Reschedule);
        All(words.OptOut, Meaning.OptOut);
        All(words.OptIn, Meaning.OptIn);

        void All(List<string> phrases, Meaning meaning) =>
            phrases.ShouldAllBe(phrase => reader.Read(phrase, language, false).Meaning == meaning);
    }
}
