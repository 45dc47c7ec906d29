using Artera.Integration.Outreach;
using FluentValidation.Results;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_a_rule_is_written_down
{
    [Theory]
    [InlineData("0 minutes after booked")]
    [InlineData("1 minute after patient status change")]
    [InlineData("7 days before start at 10:00")]
    [InlineData("1 day after start at 10:00 on business days")]
    [InlineData("2 hours before start")]
    [InlineData("120 minutes after system status change")]
    [InlineData("0 days before start at 08:00")]
    [InlineData("0 days after start at 18:00")]
    [InlineData("12 months after created")]
    [InlineData("3 days before due at 09:30")]
    [InlineData("10 minutes after cancelled")]
    [InlineData("5 minutes after change")]
    public void Its_time_reads_as_it_is_written(string words) =>
        TimingWords.Write(TimingWords.Read(words)).ShouldBe(words);

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("7 days before start at 25:00")]
    [InlineData("7 days before start at 9:00")]
    [InlineData("1 day before booked")]
    [InlineData("2 hours before start at 10:00")]
    [InlineData("1 day before lunch")]
    [InlineData("")]
    public void A_time_that_means_nothing_is_refused(string words) => Should.Throw<FormatException>(() => TimingWords.Read(words));

    [Fact]
    public void Yaml_and_back_is_the_same()
    {
        var triggers = StartingTriggers.Entries.Select(entry => entry.ToTrigger(1, practiceId: null)).ToList();
        var yaml = TriggerYaml.Write(triggers);
        var read = TriggerYaml.Read(new StringReader(yaml), "test.yaml").Triggers;

        TriggerYaml.Write(read.Select(entry => entry.ToTrigger(1, practiceId: null))).ShouldBe(yaml);
        yaml.ShouldContain("send: 7 days before start at 10:00");
        yaml.ShouldContain("system-status:");
    }

    [Theory]
    [InlineData("send: sometime", "'sometime' is no time")]
    [InlineData("only: { patient-status: [Maybe] }", "'Maybe' is no patient status")]
    [InlineData("only: { system-status: [Waiting] }", "'Waiting' is no system status")]
    [InlineData("only: { age: [old] }", "'old' is no age")]
    [InlineData("never: { sex: [X] }", "'X' is no sex")]
    [InlineData("only: { scheduling-status: [Open] }", "an appointment has no scheduling-status")]
    [InlineData("send: 1 day after created", "an appointment has no such moment")]
    [InlineData("send: 1 day after booked\n    module: recall", "a recall has no such moment")]
    [InlineData("asks: true\n    module: referral", "only a visit can be asked about")]
    [InlineData("sms: { es: Hola }", "the base language en is missing")]
    [InlineData("sms: { en: 'Hi {clientNme}' }", "at 4: unknown phrase {clientNme}")]
    [InlineData("email: { body: { en: Hi } }", "an e-mail needs a subject in en")]
    [InlineData("email: { subject: { en: Hi }, body: { en: Hi, es: Hola } }", "an e-mail needs a subject in es")]
    [InlineData("email: { subject: { en: Hi, es: Hola }, body: { en: Hi, es: Hola } }\n    merged: { email: { en: '{eventList}' } }", "the text for several visits is missing in es")]
    [InlineData("sms: { en: Hi, es: Hola }\n    email: { subject: { en: Hi }, body: { en: Hi } }", "the e-mail is missing in es, which the text message has")]
    [InlineData("email: { subject: { en: Hi, es: Hola }, body: { en: Hi, es: Hola } }", "the text message is missing in es, which the e-mail has")]
    [InlineData("sms: { en: Hi, ar: Hi, es: Hola }\n    voice: { en: Hi, es: Hola }", "the call is missing in ar, which the text message has")]
    [InlineData("name: ''", "must not be empty")]
    [InlineData("asks: true\nsms:", "a question is asked by text message")]
    public void What_is_wrong_is_said(string line, string problem)
    {
        var key = line.Split(':')[0];
        var lines = new[] { "name: Test", "send: 1 day before start at 10:00", "sms: { en: Hi }" }.Where(other => !other.StartsWith(key, StringComparison.Ordinal));
        if (line.EndsWith("sms:", StringComparison.Ordinal))
            lines = ["name: Test", "send: 1 day before start at 10:00", "email: { subject: { en: Hi }, body: { en: Hi } }"];
        var yaml = "triggers:\n  - " + string.Join("\n    ", lines.Append(line.Replace("\nsms:", "", StringComparison.Ordinal)));
        Problems(yaml).Select(error => error.ErrorMessage).ShouldContain(message => message.Contains(problem, StringComparison.Ordinal), yaml);
    }

    [Theory]
    [InlineData("sms: { en: Hi, es-MX: Hola }", "{ en: Hi, es: Hola }")]
    [InlineData("sms: { en: Hi, es: Hola }", "{ en: Hi, es-MX: Hola }")]
    [InlineData("sms: { en-US: Hi }", "{ en: Hi }")]
    public void A_language_that_another_country_speaks_too_does(string sms, string voice) =>
        Problems($"triggers:\n  - name: Test\n    send: 1 day before start at 10:00\n    {sms}\n    voice: {voice}").ShouldBeEmpty();

    [Fact]
    public void A_word_that_is_none_is_shown_with_its_line() =>
        Should.Throw<InvalidDataException>(() => TriggerYaml.Read(new StringReader("triggers:\n  - name: Test\n    only: { shoe-size: [44] }"), "test.yaml"))
            .Message.ShouldStartWith("test.yaml:3:13: 'shoe-size' is none of patient-status, system-status, event-type");

    private static List<ValidationFailure> Problems(string yaml) =>
        new TriggerEntryRules("en").Validate(TriggerYaml.Read(new StringReader(yaml), "test.yaml").Triggers.ShouldHaveSingleItem()).Errors;
}
