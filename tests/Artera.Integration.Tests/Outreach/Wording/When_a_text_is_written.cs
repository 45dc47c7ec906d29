using Artera.Integration.Delivery;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Wording;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Outreach.Wording;

public sealed class When_a_text_is_written
{
    [Theory]
    [InlineData("Hi {clientFirstNme}, see you", 4, "unknown phrase {clientFirstNme}; there are {clientFirstName}")]
    [InlineData("Hi {ClientFirstName}", 4, "unknown phrase {ClientFirstName}; did you mean {clientFirstName}?")]
    [InlineData("See you {eventDate", 9, "'{' without '}'")]
    [InlineData("See you {{eventDate}", 9, "'{' without '}'")]
    [InlineData("See you eventDate}", 18, "'}' without '{'")]
    [InlineData("{eventConfirmURL}", 1, "unknown phrase {eventConfirmURL}")]
    public void What_is_wrong_is_shown_where(string text, int position, string message)
    {
        var problem = Template.Parse(text).Problems.ShouldHaveSingleItem();
        problem.Position.ShouldBe(position);
        problem.Message.ShouldStartWith(message);
    }

    [Fact]
    public void These_are_all_the_phrases() => SmartPhrases.Known.ShouldBe(
        [
            "clientFirstName", "clientFirstNameProperCase", "clientLastName", "clientPreferredName", "practiceName", "enterpriseName", "lineName", "wellPhone",
            "eventName", "eventDate", "eventTime", "eventDateAtTime", "eventDateAtTimeShort", "eventProviderName", "eventLocationName", "eventLocationAddress",
            "eventLocationPhone", "eventInstructions", "eventConfirmText", "eventConfirmLink", "eventList", "recallName", "recallDueDate",
            "referralName", "referralProviderName", "userFirstName", "userLastName",
        ],
        ignoreOrder: true);

    [Fact]
    public void Authors_can_read_of_each()
    {
        var page = Repository.Read("docs", "phrases.md");
        SmartPhrases.Known.Where(phrase => !page.Contains($"`{{{phrase}}}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_right_has_no_problems() =>
        Template.Parse("Hi {clientFirstNameProperCase}, {eventDateAtTime}. {eventConfirmText}").Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("See {a} you", "See you")]
    [InlineData("See {eventProviderName} you", "See you")]
    [InlineData("{eventProviderName} awaits", "awaits")]
    [InlineData("With {eventProviderName}", "With")]
    public void A_phrase_without_a_value_leaves_no_hole(string text, string said)
    {
        var (words, empty) = Template.Parse(text.Replace("{a}", "{eventProviderName}", StringComparison.Ordinal)).Render(_ => null);
        words.ShouldBe(said);
        empty.ShouldBe(["eventProviderName"]);
    }

    [Theory]
    [InlineData("", false, 0, 0)]
    [InlineData("Hello", false, 5, 1)]
    [InlineData("¿Cómo?", true, 6, 1)]
    [InlineData("ñ à é ¡", false, 7, 1)]
    [InlineData("€[]{}", false, 10, 1)]
    [InlineData("👍", true, 2, 1)]
    [InlineData("مرحبا", true, 5, 1)]
    public void Its_length_is_counted_as_the_carrier_does(string text, bool unicode, int units, int segments)
    {
        var length = SmsLength.Of(text);
        (length.IsUnicode, length.Units, length.Segments).ShouldBe((unicode, units, segments));
    }

    [Theory]
    [InlineData('a', 160, 1, 0)]
    [InlineData('a', 161, 2, 145)]
    [InlineData('a', 306, 2, 0)]
    [InlineData('a', 307, 3, 152)]
    [InlineData('я', 70, 1, 0)]
    [InlineData('я', 71, 2, 63)]
    [InlineData('я', 134, 2, 0)]
    [InlineData('я', 135, 3, 66)]
    public void Long_ones_are_cut_into_segments(char letter, int times, int segments, int left)
    {
        var length = SmsLength.Of(new string(letter, times));
        (length.Segments, length.Left).ShouldBe((segments, left));
    }

    [Fact]
    public void What_belongs_together_is_not_cut()
    {
        SmsLength.Of(new string('a', 152) + "€" + new string('a', 20)).Left.ShouldBe(153 - 2 - 20);
        SmsLength.Of(new string('я', 66) + "👍" + new string('я', 20)).Left.ShouldBe(67 - 2 - 20);
    }

    [Fact]
    public void The_starting_rules_have_no_problems_and_are_ten_for_appointments()
    {
        StartingTriggers.Entries.CountBy(entry => entry.Module).ToDictionary().ShouldBe(
            new Dictionary<TriggerModule, int> { [TriggerModule.Appointment] = 10, [TriggerModule.Recall] = 4, [TriggerModule.Referral] = 3 }, ignoreOrder: true);
        foreach (var entry in StartingTriggers.Entries)
            new TriggerEntryRules("en").Validate(entry).Errors.ShouldBeEmpty(entry.Name);
        StartingTriggers.Entries.SelectMany(entry => entry.Sms!.Keys).Distinct(StringComparer.Ordinal).ShouldBe(["en", "es", "ar"]);
    }
}
