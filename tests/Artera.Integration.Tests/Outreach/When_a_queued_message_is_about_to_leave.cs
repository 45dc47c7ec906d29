using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Outreach;

/// <summary>Between queueing and sending lies a second, or a night in which the provider is down.</summary>
public sealed class When_a_queued_message_is_about_to_leave
{
    private const string Monday = "2026-11-02 12:00";

    [Theory]
    [OnEveryDatabase("visit", "no texts", Reasons.OptedOutInEmr, "Not sent: opted out in the EMR")]
    [OnEveryDatabase("visit", "do not contact", Reasons.DoNotContact, "Not sent: the patient is not to be contacted")]
    [OnEveryDatabase("visit", "death", Reasons.Deceased, "Not sent: the patient has died")]
    [OnEveryDatabase("recall", "no texts", Reasons.OptedOutInEmr, "Not sent: opted out in the EMR")]
    [OnEveryDatabase("recall", "do not contact", Reasons.DoNotContact, "Not sent: the patient is not to be contacted")]
    [OnEveryDatabase("recall", "death", Reasons.Deceased, "Not sent: the patient has died")]
    [OnEveryDatabase("referral", "no texts", Reasons.OptedOutInEmr, "Not sent: opted out in the EMR")]
    [OnEveryDatabase("referral", "do not contact", Reasons.DoNotContact, "Not sent: the patient is not to be contacted")]
    [OnEveryDatabase("referral", "death", Reasons.Deceased, "Not sent: the patient has died")]
    public async Task What_the_EMR_has_said_meanwhile_holds_it_back(DatabaseProvider on, string about, string said, string reason, string words)
    {
        await using var clinic = await Clinic.OpenOn(on, Monday);
        var patient = await clinic.Patient("P1");
        await (about switch
        {
            "visit" => clinic.Books(patient, "2026-11-24 15:00"),
            "recall" => clinic.Recalls(patient),
            _ => clinic.Refers(patient),
        });
        await clinic.Look();
        (await clinic.Outbox()).ShouldHaveSingleItem().State.ShouldBe(OutboundState.Queued);
        await clinic.Patient("P1", with: facts => said switch
        {
            "no texts" => facts with { NoTexts = true },
            "death" => facts with { Deceased = true },
            _ => facts with { DoNotContact = true },
        });
        await clinic.Leave();

        (await clinic.Arrived()).ShouldBeEmpty();
        var message = (await clinic.Outbox()).ShouldHaveSingleItem();
        (message.State, message.Delivery, message.Attempts).ShouldBe((OutboundState.Failed, DeliveryState.Failed, 0));
        FailureWords.For(message.FailureCode!).ShouldBe($"It was held back before it left: {reason.Replace('-', ' ')}.");
        (await clinic.Decisions(patient))[0].ShouldEndWith($"| NotSent | {reason}");
        (await Events(clinic)).ShouldContain(words);
    }

    [Fact]
    public async Task So_it_is_when_the_provider_had_been_tried_before()
    {
        await using var clinic = await Clinic.Open(Monday);
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Look();
        await clinic.IsPutOff((await clinic.Outbox()).Single());
        await clinic.Patient("P1", with: facts => facts with { Deceased = true });
        clinic.Sleep("2026-11-02 12:05");
        await clinic.Leave();

        (await clinic.Arrived()).ShouldBeEmpty();
        (await clinic.Outbox()).Single().State.ShouldBe(OutboundState.Failed);
        (await clinic.Ledger())[0].ShouldBe("Booked | NotSent | 2026-11-02 12:00 | deceased");
    }

    [Theory]
    [InlineData("cancelled", Reasons.Cancelled)]
    [InlineData("moved", Reasons.Superseded)]
    [InlineData("confirmed", Reasons.Filtered)]
    [InlineData("paused", Reasons.Paused)]
    [InlineData("location without a practice", Reasons.Unmapped)]
    [InlineData("begun", Reasons.Started)]
    public async Task What_the_rule_no_longer_allows_is_not_sent(string happened, string reason)
    {
        await using var clinic = await Clinic.Open(Monday);
        var patient = await clinic.Patient("P1");
        var visit = await clinic.Books(patient, "2026-11-04 15:00");
        await clinic.Leave();
        await clinic.Until("2026-11-03 10:00");
        (await clinic.Questions()).ShouldHaveSingleItem();
        switch (happened)
        {
            case "cancelled":
                await clinic.Says(patient, AppointmentChange.Cancel);
                break;
            case "moved":
                await clinic.Says(patient, AppointmentChange.Reschedule, "2026-11-05 15:00");
                break;
            case "confirmed":
                await clinic.Answers(visit, PatientStatus.Confirmed);
                break;
            case "paused":
                await clinic.Change<Trigger>(trigger => trigger.Name == "Confirmation, 1 day before", trigger => trigger.Running = false);
                break;
            case "begun":
                clinic.Sleep("2026-11-04 15:00");
                break;
            default:
                await clinic.Change<Appointment>(_ => true, row => row.PracticeId = null);
                break;
        }

        await clinic.Leave();

        (await clinic.Arrived()).ShouldNotContain(text => text.Body.Contains("Reply Y", StringComparison.Ordinal));
        (await clinic.Decisions(patient)).ShouldContain($"Confirmation, 1 day before | NotSent | {reason}");
        (await clinic.Questions()).ShouldAllBe(question => question.State != QuestionState.Open);
        (await clinic.Outbox()).ShouldAllBe(message => message.State != OutboundState.Queued);
    }

    [Fact]
    public async Task A_refused_medium_leaves_the_next_one()
    {
        await using var clinic = await Clinic.Open(Monday);
        await clinic.Books(await clinic.Patient("P1", with: facts => facts with { Email = "ana@example.org" }), "2026-11-24 15:00");
        await clinic.Look();
        await clinic.Patient("P1", with: facts => facts with { NoTexts = true });
        await clinic.Leave();
        await clinic.Look();
        await clinic.Leave();

        (await clinic.Arrived()).ShouldHaveSingleItem().Medium.ShouldBe(Medium.Email);
        (await clinic.Ledger())[0].ShouldBe("Booked | Sent | 2026-11-02 12:00 | other-medium");
    }

    [Fact]
    public async Task A_number_that_has_opted_out_meanwhile_leaves_the_next_medium_or_the_true_reason()
    {
        await using var clinic = await Clinic.Open(Monday);
        await clinic.Books(await clinic.Patient("P1", with: facts => facts with { Email = "ana@example.org" }), "2026-11-24 15:00");
        await clinic.Books(await clinic.Patient("P2"), "2026-11-24 16:00", "V2");
        await clinic.Look();
        await clinic.Send(new OptOutNumber(clinic.LineId, "+12025550101", "reply"));
        await clinic.Leave();
        await clinic.Look();
        await clinic.Leave();

        (await clinic.Arrived()).ShouldHaveSingleItem().To.ShouldBe("ana@example.org");
        (await clinic.Ledger("V2"))[0].ShouldBe("Booked | NotSent | 2026-11-02 12:00 | opted-out");
    }

    [Fact]
    public async Task A_new_number_gets_it_and_the_old_one_does_not()
    {
        await using var clinic = await Clinic.Open(Monday);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Look();
        await clinic.Patient("P1", "+12025550107");
        await clinic.Leave();
        await clinic.Look();
        await clinic.Leave();

        (await clinic.Arrived()).ShouldHaveSingleItem().To.ShouldBe("+12025550107");
    }

    [Fact]
    public async Task What_an_outage_kept_until_the_night_waits_for_the_morning()
    {
        await using var clinic = await Clinic.Open("2026-11-02 20:50");
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Look();
        clinic.Sleep("2026-11-02 22:00");
        await clinic.Leave();
        (await clinic.Arrived()).ShouldBeEmpty();
        (await clinic.Ledger())[0].ShouldBe("Booked | Planned | 2026-11-03 08:00");

        await clinic.Until("2026-11-03 08:00");
        await clinic.Leave();
        (await clinic.Arrived()).ShouldHaveSingleItem();
        (await clinic.Ledger())[0].ShouldBe("Booked | Sent | 2026-11-03 08:00");
    }

    [Theory]
    [InlineData("do not contact", 1)]
    [InlineData("no texts", 0)]
    [InlineData("death", 0)]
    public async Task Of_what_no_rule_sent_wishes_hold_nothing_back_and_refusals_and_death_do(string said, int arrives)
    {
        await using var clinic = await Clinic.Open(Monday);
        var patient = await clinic.Patient("P1");
        await clinic.Send(new QueueMessage(Medium.Sms, clinic.LineId, "+12025550190", "+12025550101", "We are open until six.", Priority.Reply, patient));
        await clinic.Patient("P1", with: facts => said switch
        {
            "no texts" => facts with { NoTexts = true },
            "death" => facts with { Deceased = true },
            _ => facts with { DoNotContact = true },
        });
        await clinic.Leave();

        (await clinic.Arrived()).Count.ShouldBe(arrives);
    }

    [Fact]
    public async Task A_reply_to_one_who_turns_out_to_be_another_who_has_died_stays_here()
    {
        await using var clinic = await Clinic.Open(Monday);
        var losing = await clinic.Patient("P1");
        await clinic.Patient("P2", with: facts => facts with { Deceased = true });
        await clinic.Send(new QueueMessage(Medium.Sms, clinic.LineId, "+12025550190", "+12025550101", "We are open until six.", Priority.Reply, losing));
        await clinic.Send(new MergePatients("main", "US", new PatientFacts { Id = "P2" }, "P1", new MessageVersion(clinic.Now, "77")));
        await clinic.Leave();

        (await clinic.Arrived()).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_costs_nothing_where_there_is_nobody_to_ask_about_and_scans_nothing_where_there_is()
    {
        await using var clinic = await Clinic.Open(Monday);
        await clinic.Send(new QueueMessage(Medium.Sms, clinic.LineId, "+12025550190", "+12025550109", "Who is this?", Priority.Reply));
        var nobody = await QueryPlans.Listen(clinic.Leave);
        nobody.ShouldNotContain(query => query.Sql.Contains("FROM \"Patient\"", StringComparison.Ordinal) || query.Sql.Contains("FROM \"PlannedMessage\"", StringComparison.Ordinal));

        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Look();
        QueryPlans.Scans(await QueryPlans.Of(clinic.DatabaseFile, clinic.Leave), "SettingsVersion", "Practice", "Line", "HealthSystem", "Resource", "EventType", "Holiday", "Trigger").ShouldBeEmpty();
        (await clinic.Arrived()).Count.ShouldBe(2);
    }

    private static Task<List<string?>> Events(Clinic clinic) => clinic.Read(db =>
        db.Set<ChannelLine>().Where(line => line.Kind == LineKind.Event).Select(line => line.Body).ToListAsync())!;
}
