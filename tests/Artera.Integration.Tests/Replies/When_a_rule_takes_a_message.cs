using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Hearing;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Replies;

/// <summary>product.md §7 (the order of reading) and §8 (inbound triggers). The clinic is open: Monday 10:00 in New York.</summary>
public sealed class When_a_rule_takes_a_message : IAsyncLifetime
{
    private const string Cell = "+12125550101";
    private Clinic clinic = null!;

    public async ValueTask InitializeAsync() => clinic = await Clinic.Open();

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Theory]
    [InlineData("STOP", "opt-out")]
    [InlineData("START", "opt-in")]
    [InlineData("Y", "confirm")]
    [InlineData("no", "cancel")]
    [InlineData("late", "rule")]
    [InlineData("later", "plain")]
    public async Task Consent_and_answers_go_before_rules_and_rules_before_staff(string words, string meaning)
    {
        var ana = await clinic.Patient("A", "Ana", Cell);
        await clinic.Ask(ana, await clinic.Book(ana, "V"));
        await Save(Rule("Everything", ["stop", "start", "y", "no", "late"], Reply("Thank you.")));

        (await clinic.Hear(Cell, words)).ShouldBe(meaning);
    }

    [Theory]
    [InlineData("en", "Lot C, Ana.")]
    [InlineData("es-MX", "Lote C, Ana.")]
    [InlineData("fr", "Lot C, Ana.")]
    public async Task It_answers_in_the_patients_language_and_says_so_in_the_channel_and_the_ledger(string language, string answer)
    {
        var ana = await clinic.Patient("A", "ANA", Cell, language);
        await Save(Rule("Parking", ["parking"], new Act { Reply = new() { ["en"] = "Lot C, {clientFirstNameProperCase}.", ["es"] = "Lote C, {clientFirstNameProperCase}." } }));

        (await clinic.Hear(Cell, "¡Párking!")).ShouldBe("rule");

        var conversation = await clinic.Conversation(ana);
        conversation.Lines.Select(line => line.Event ?? line.Body).ShouldBe(["¡Párking!", ChannelEvent.RuleMatched, answer]);
        (conversation.Channel.IsOpen, conversation.Channel.NeedsAction).ShouldBe((true, false));
        var decision = (await Decisions(ana)).ShouldHaveSingleItem();
        (decision.Trigger, decision.Module, decision.State, decision.Reason).ShouldBe(("Parking", TriggerModule.InboundMessage, PlanState.Sent, null));
        decision.OutboundMessageId.ShouldBe(conversation.Lines[^1].OutboundMessageId);
    }

    [Fact]
    public async Task Its_acts_are_done_in_their_order()
    {
        var ana = await clinic.Patient("A", "Ana", Cell);
        await clinic.Ask(ana, await clinic.Book(ana, "V"));
        await Save(Rule("Coming", ["on my way"], new Act { Visit = VisitAct.Confirm }, Reply("See you."), new Act { Mention = "front desk" }, new Act { Close = true }));

        (await clinic.Hear(Cell, "On my way!")).ShouldBe("rule");

        (await clinic.Visit("V")).PatientStatus.ShouldBe(PatientStatus.Confirmed);
        var conversation = await clinic.Conversation(ana);
        conversation.Lines.Skip(2).Select(line => line.Event ?? line.Body).ShouldBe(
            ["On my way!", ChannelEvent.RuleMatched, ChannelEvent.Confirmed, "See you.", ChannelEvent.Mentioned, ChannelEvent.Closed]);
        conversation.Lines.Single(line => line.Event == ChannelEvent.Mentioned).Body.ShouldBe("For @front desk, by the rule \"Coming\"");
        (conversation.Channel.IsOpen, conversation.Channel.NeedsAction).ShouldBe((false, false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mention_and_a_mark_open_the_channel_for_a_person(bool mentions)
    {
        var ana = await clinic.Patient("A", "Ana", Cell);
        await Save(Rule("Bill", ["my bill"], mentions ? new Act { Mention = "billing" } : new Act { NeedsAction = true }));
        await clinic.Hear(Cell, "my bill");

        var channel = (await clinic.Conversation(ana)).Channel;
        (channel.IsOpen, channel.NeedsAction).ShouldBe((true, true));
        (await Decisions(ana)).ShouldHaveSingleItem().Reason.ShouldBe(Reasons.NoReply);
    }

    [Theory]
    [InlineData(VisitAct.Confirm, PatientStatus.Confirmed)]
    [InlineData(VisitAct.Cancel, PatientStatus.Cancelled)]
    public async Task A_visit_is_answered_only_while_it_is_clear_which(VisitAct act, PatientStatus status)
    {
        var ana = await clinic.Patient("A", "Ana", Cell);
        await clinic.Book(ana, "V1");
        await Save(Rule("Words of our own", ["ten four"], new Act { Visit = act }));
        (await clinic.Hear(Cell, "ten four")).ShouldBe("plain", "nobody was asked");

        await clinic.Ask(ana, await clinic.Visit("V1"));
        (await clinic.Hear(Cell, "ten four")).ShouldBe("rule");
        (await clinic.Visit("V1")).PatientStatus.ShouldBe(status);

        var ben = await clinic.Patient("B", "Ben", "+12125550102");
        var eva = await clinic.Patient("C", "Eva", "+12125550102");
        await clinic.Ask(ben, await clinic.Book(ben, "V2"));
        await clinic.Ask(eva, await clinic.Book(eva, "V3"));
        (await clinic.Hear("+12125550102", "ten four")).ShouldBe("plain", "two were asked");
        (await clinic.Visit("V2")).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
    }

    [Fact]
    public async Task A_rule_for_answers_waits_for_a_question()
    {
        var ana = await clinic.Patient("A", "Ana", Cell);
        var rule = Rule("Late", ["late"], Reply("Take your time."));
        rule.Hears!.As = HeardAs.Answer;
        await Save(rule);
        (await clinic.Hear(Cell, "late")).ShouldBe("plain");

        await clinic.Ask(ana, await clinic.Book(ana, "V"));
        (await clinic.Hear(Cell, "late")).ShouldBe("rule");
        (await clinic.Visit("V")).PatientStatus.ShouldBe(PatientStatus.Unconfirmed);
    }

    /// <summary>Monday 26 October 2026; the practice has its usual hours, 08:00 to 17:00 on weekdays.</summary>
    [Theory]
    [InlineData(HeardDuring.AnyTime, 0, "rule")]
    [InlineData(HeardDuring.Open, 0, "rule")]
    [InlineData(HeardDuring.AfterHours, 0, "plain")]
    [InlineData(HeardDuring.Open, 7, "plain")]
    [InlineData(HeardDuring.AfterHours, 7, "rule")]
    [InlineData(HeardDuring.AfterHours, 12, "rule")]
    [InlineData(HeardDuring.AnyTime, 12, "rule")]
    [InlineData(HeardDuring.Open, 22, "rule")]
    [InlineData(HeardDuring.AfterHours, 121, "rule")]
    [InlineData(HeardDuring.Open, 121, "plain")]
    public async Task It_may_hold_only_in_the_practices_hours_or_only_outside(HeardDuring during, int hoursLater, string meaning)
    {
        await clinic.Patient("A", "Ana", Cell);
        var rule = Rule("Hours", ["hello"], Reply("Hello."));
        rule.Hears!.During = during;
        await Save(rule);
        clinic.Pass(Duration.FromHours(hoursLater));

        (await clinic.Hear(Cell, "hello")).ShouldBe(meaning);
    }

    [Fact]
    public async Task On_a_holiday_the_practice_is_closed()
    {
        await clinic.Rooms.Write(new Integration.Enterprise.Holiday { HealthSystemId = clinic.Practice.HealthSystemId, Name = "closed", Date = new LocalDate(2026, 10, 26) });
        var rule = Rule("Closed", ["hello"], Reply("We are closed."));
        rule.Hears!.During = HeardDuring.AfterHours;
        await Save(rule);

        (await clinic.Hear(Cell, "hello")).ShouldBe("rule");
    }

    [Theory]
    [InlineData(FilterOn.Line, "+12125550100", true)]
    [InlineData(FilterOn.Line, "+12125550199", false)]
    [InlineData(FilterOn.Sex, "Female", false)]
    [InlineData(FilterOn.PatientStatus, "Unconfirmed", true)]
    [InlineData(FilterOn.PatientStatus, "Cancelled", false)]
    public async Task It_holds_on_chosen_lines_and_for_chosen_patients(FilterOn on, string value, bool taken)
    {
        var ana = await clinic.Patient("A", "Ana", Cell);
        await clinic.Ask(ana, await clinic.Book(ana, "V"));
        var rule = Rule("Only", ["hello"], Reply("Hello."));
        rule.Only = new() { [on] = [value] };
        await Save(rule);

        (await clinic.Hear(Cell, "hello")).ShouldBe(taken ? "rule" : "plain");
    }

    [Fact]
    public async Task The_closest_words_win_and_then_the_practices_own_rule()
    {
        var far = Rule("Far", [], Reply("far"));
        far.Hears!.Contains = ["bill"];
        await Save(far);
        await Save(Rule("Near", ["bill"], Reply("near")));
        await Save(Rule("Own", ["bill"], Reply("own")), own: true);

        await clinic.Hear(Cell, "bill");
        await clinic.Hear(Cell, "the bill");

        (await clinic.SentTo(Cell)).ShouldBe(["own", "far"]);
    }

    [Fact]
    public async Task A_practice_pauses_a_default()
    {
        var saved = await Save(Rule("Parking", ["parking"], Reply("Lot C.")));
        await clinic.Rooms.Send(new ChooseTrigger(saved.Id, clinic.Practice.Id, new ChoiceEntry { Running = false }, "test"));

        (await clinic.Hear(Cell, "parking")).ShouldBe("plain");
        (await clinic.SentTo(Cell)).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_does_not_answer_the_same_patient_again_before_its_cooldown_is_over()
    {
        var ana = await clinic.Patient("A", "Ana", Cell);
        await Save(Rule("Parking", ["parking"], Reply("Lot C.")));
        await clinic.Hear(Cell, "parking");
        clinic.Pass(Duration.FromMinutes(59));
        (await clinic.Hear(Cell, "parking")).ShouldBe("rule");

        (await clinic.Conversation(ana)).Channel.NeedsAction.ShouldBeTrue("whoever asks again has to hear from a person");
        (await Decisions(ana)).Select(decision => decision.Reason).ShouldBe([Reasons.Cooldown, null]);

        clinic.Pass(Duration.FromMinutes(2));
        await clinic.Hear(Cell, "parking");
        (await clinic.SentTo(Cell)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_systems_that_text_each_other_stop_after_three_replies_in_ten_minutes(bool known)
    {
        if (known)
            await clinic.Patient("A", "Bot", Cell);
        var rule = Rule("Echo", ["hello"], Reply("Hello."));
        rule.Hears!.CooldownMinutes = 0;
        await Save(rule);
        for (var round = 0; round < 6; round++)
            await clinic.Hear(Cell, "hello");
        (await clinic.SentTo(Cell)).Count.ShouldBe(3);

        clinic.Pass(Duration.FromMinutes(11));
        await clinic.Hear(Cell, "hello");
        (await clinic.SentTo(Cell)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_number_that_nobody_knows_is_answered_without_a_name()
    {
        await Save(Rule("Parking", ["parking"], new Act { Reply = new() { ["en"] = "Hello {clientFirstName}, lot C. {practiceName}" } }));
        (await clinic.Hear(Cell, "parking")).ShouldBe("rule");
        clinic.Pass(Duration.FromMinutes(30));
        await clinic.Hear(Cell, "parking");

        (await clinic.SentTo(Cell)).ShouldBe(["Hello, lot C. Test Practice"]);
        (await clinic.Conversation(null, Cell)).Channel.IsUnverified.ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_is_not_to_be_contacted_gets_no_reply_but_a_person()
    {
        var ana = await clinic.Patient("A", "Ana", Cell);
        await clinic.Rooms.Read(db => db.Set<Patient>().Where(row => row.Id == ana.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.DoNotContact, true)));
        await Save(Rule("Parking", ["parking"], Reply("Lot C.")));
        await clinic.Hear(Cell, "parking");

        (await clinic.SentTo(Cell)).ShouldBeEmpty();
        (await Decisions(ana)).ShouldHaveSingleItem().Reason.ShouldBe(Reasons.DoNotContact);
        (await clinic.Conversation(ana)).Channel.NeedsAction.ShouldBeTrue();
    }

    [Fact]
    public async Task The_reply_can_tell_of_the_next_visit_and_is_not_sent_where_there_is_none()
    {
        var ana = await clinic.Patient("A", "Ana", Cell);
        var rule = Rule("When", ["when"], new Act { Reply = new() { ["en"] = "On {eventDate}." }, SkipIfEmpty = true });
        rule.Hears!.CooldownMinutes = 0;
        await Save(rule);
        await clinic.Hear(Cell, "when?");
        (await Decisions(ana)).ShouldHaveSingleItem().Reason.ShouldBe(Reasons.EmptyPhrase);

        await clinic.Book(ana, "V");
        await clinic.Hear(Cell, "when?");
        (await clinic.SentTo(Cell)).ShouldBe(["On Wednesday, October 28."]);
    }

    [Fact]
    public async Task What_it_decided_goes_over_to_the_patient_who_survives_a_merge()
    {
        var losing = await clinic.Patient("A", "Ana", Cell);
        var survivor = await clinic.Patient("B", "Ana", "+12125550102");
        await Save(Rule("Parking", ["parking"], Reply("Lot C.")));
        await clinic.Hear(Cell, "parking");

        await clinic.Rooms.Send(new MergePatients("main", "US", new PatientFacts { Id = survivor.ExternalId }, losing.ExternalId, new MessageVersion(clinic.Now, "9")));

        (await Decisions(survivor)).ShouldHaveSingleItem().Trigger.ShouldBe("Parking");
    }

    [Theory]
    [InlineData("send", "an inbound-message rule acts at once and has no send")]
    [InlineData("no words", "hears lists no words")]
    [InlineData("blank word", "'?!' has neither a letter, a digit nor a sign")]
    [InlineData("no acts", "says under do what it does")]
    [InlineData("two in one act", "do, 1: one of reply, visit, mention, close, needs-action")]
    [InlineData("language", "do, 1: reply the base language en is missing")]
    [InlineData("phrase", "do, 1: reply en at 1: unknown phrase {parkng}")]
    [InlineData("nobody", "do, 1: mention names nobody")]
    [InlineData("cooldown", "cooldown-minutes is 0 to 43200")]
    [InlineData("quiet hours", "answers at once, also in quiet hours")]
    [InlineData("filter", "an inbound message has no priority")]
    [InlineData("line", "'desk' is no line")]
    [InlineData("module", "hears and do are for the module inbound-message")]
    public async Task What_is_not_right_is_refused_when_it_is_saved(string what, string problem)
    {
        var rule = Rule("Parking", ["parking"], Reply("Lot C."));
        switch (what)
        {
            case "send": rule.Send = "1 minute after received"; break;
            case "no words": rule.Hears!.Exact = []; break;
            case "blank word": rule.Hears!.Exact = ["?!"]; break;
            case "no acts": rule.Do = null; break;
            case "two in one act": rule.Do![0].Close = true; break;
            case "language": rule.Do![0].Reply = new() { ["es"] = "Lote C." }; break;
            case "phrase": rule.Do![0].Reply = new() { ["en"] = "{parkng}" }; break;
            case "nobody": rule.Do![0] = new Act { Mention = " " }; break;
            case "cooldown": rule.Hears!.CooldownMinutes = -1; break;
            case "quiet hours": rule.QuietHours = QuietMode.Drop; break;
            case "filter": rule.Only = new() { [FilterOn.Priority] = ["High"] }; break;
            case "line": rule.Only = new() { [FilterOn.Line] = ["desk"] }; break;
            default: rule.Module = TriggerModule.Recall; break;
        }

        var edited = await clinic.Rooms.Send(new SaveTrigger(clinic.Practice.HealthSystemId, null, rule, "test"));

        string.Join("; ", edited.Problems).ShouldContain(problem);
    }

    private static TriggerEntry Rule(string name, List<string> exact, params Act[] acts) =>
        new() { Name = name, Module = TriggerModule.InboundMessage, Hears = new Hears { Exact = exact }, Do = [.. acts] };

    private static Act Reply(string text) => new() { Reply = new() { ["en"] = text } };

    private async Task<Trigger> Save(TriggerEntry entry, bool own = false)
    {
        var edited = await clinic.Rooms.Send(new SaveTrigger(clinic.Practice.HealthSystemId, own ? clinic.Practice.Id : null, entry, "test"));
        edited.Problems.ShouldBeEmpty();
        return edited.Trigger!;
    }

    private Task<IReadOnlyList<Decision>> Decisions(Patient patient) => clinic.Send(new DecisionsOf(patient.Id));
}
