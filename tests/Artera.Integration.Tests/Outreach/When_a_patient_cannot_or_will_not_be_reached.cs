using Artera.Integration.Delivery;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_a_patient_cannot_or_will_not_be_reached
{
    private const string Booked = "2026-11-02 12:00";

    /// <summary>Rows of one rule with all three media.</summary>
    [Theory]
    [InlineData("sms+email+voice", null, "cell", Medium.Sms)]
    [InlineData("sms+email+voice", "email", "cell email", Medium.Email)]
    [InlineData("sms+voice", "email", "cell email", Medium.Sms)]
    [InlineData("sms+email+voice", "email", "cell", Medium.Sms)]
    [InlineData("sms+email+voice", null, "landline email", Medium.Voice)]
    [InlineData("sms+email", null, "landline email", Medium.Email)]
    [InlineData("sms+email+voice", null, "home email", Medium.Voice)]
    [InlineData("sms+email+voice", "voice", "cell email", Medium.Voice)]
    [InlineData("email", null, "cell email", Medium.Email)]
    [InlineData("sms", null, "landline email", null)]
    [InlineData("sms", null, "", null)]
    public void The_medium_is_the_wish_then_text_then_call_then_letter(string texts, string? wish, string has, Medium? by)
    {
        var trigger = Given.Trigger("0 minutes after booked");
        trigger.Texts = [.. texts.Split('+').Select(medium => new TriggerText { Medium = Enum.Parse<Medium>(medium, ignoreCase: true), Body = new() { ["en"] = "Hi" } })];
        var patient = Given.Patient(cell: null);
        patient.PreferredMedium = wish;
        foreach (var point in has.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            _ = point == "email" ? patient.With(ContactTag.Email, "ana@example.org") : patient.With(point == "home" ? ContactTag.Home : ContactTag.Cell, "+12025550101", landline: point == "landline");

        var reach = Reach.For(trigger, patient, _ => true, new HashSet<string>());
        (reach.Address is null ? (Medium?)null : reach.Medium).ShouldBe(by);
    }

    [Fact]
    public void A_medium_that_no_provider_serves_is_passed_over()
    {
        var trigger = Given.Trigger("0 minutes after booked");
        trigger.Texts = [trigger.Texts[0], trigger.Texts[0] with { Medium = Medium.Email }];
        var patient = Given.Patient().With(ContactTag.Email, "ana@example.org");
        patient.PreferredMedium = "email";

        Reach.For(trigger, patient, medium => medium == Medium.Sms, new HashSet<string>()).Medium.ShouldBe(Medium.Sms);
    }

    [Fact]
    public async Task An_opt_out_withdraws_for_everybody_who_shares_the_number()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Books(await clinic.Patient("P2"), "2026-11-24 15:30", "V2");
        await clinic.Books(await clinic.Patient("P3", "+12025550103"), "2026-11-24 16:00", "V3");
        await clinic.Send(new OptOutNumber(clinic.LineId, "+12025550101", "reply"));

        (await clinic.Ledger()).ShouldContain("Confirmation, 1 day before | NotSent | 2026-11-23 10:00 | opted-out");
        (await clinic.Ledger("V2")).ShouldContain("Confirmation, 1 day before | NotSent | 2026-11-23 10:00 | opted-out");
        (await clinic.Ledger("V3")).ShouldContain("Confirmation, 1 day before | Planned | 2026-11-23 10:00");
        await clinic.Look();
        (await clinic.Outbox()).ShouldHaveSingleItem().To.ShouldBe("+12025550103");
    }

    [Fact]
    public async Task Who_opts_in_again_gets_what_is_still_to_come()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Send(new OptOutNumber(clinic.LineId, "+12025550101", "reply"));
        await clinic.Until("2026-11-20 12:00");
        await clinic.Send(new OptInNumber(clinic.LineId, "+12025550101"));

        (await clinic.Ledger()).ShouldBe(
        [
            "Booked | NotSent | 2026-11-02 12:00 | opted-out",
            "Confirmation, 7 days before | NotSent | 2026-11-17 10:00 | opted-out",
            "Confirmation, 2 days before | Planned | 2026-11-22 10:00",
            "Confirmation, 1 day before | Planned | 2026-11-23 10:00",
            "Reminder, 1 day before | NotSent | 2026-11-23 10:00 | filtered",
        ]);
    }

    [Fact]
    public async Task Who_opts_in_again_is_called_again_for_recalls_and_referrals()
    {
        await using var clinic = await Clinic.Open(Booked);
        var patient = await clinic.Patient("P1");
        await clinic.Recalls(patient);
        await clinic.Refers(patient);
        await clinic.Send(new OptOutNumber(clinic.LineId, "+12025550101", "reply"));
        (await clinic.Decisions(patient)).ShouldAllBe(line => line.EndsWith("| NotSent | opted-out", StringComparison.Ordinal));
        await clinic.Until("2026-11-04 12:00");
        await clinic.Send(new OptInNumber(clinic.LineId, "+12025550101"));

        (await clinic.Decisions(patient)).ShouldBe(
        [
            "Recall, created | NotSent | opted-out",
            "Recall, after 1 month | Planned",
            "Recall, after 6 months | Planned",
            "Recall, after 12 months | Planned",
            "Referral, created | NotSent | opted-out",
            "Referral, after 3 days | Planned",
            "Referral, after 10 days | Planned",
        ]);
    }

    [Fact]
    public async Task News_of_the_visit_do_not_undo_an_opt_out()
    {
        await using var clinic = await Clinic.Open(Booked);
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Send(new OptOutNumber(clinic.LineId, "+12025550101", "reply"));
        await clinic.Says(patient, AppointmentChange.Update, "2026-11-24 15:00");

        (await clinic.Ledger()).ShouldContain("Confirmation, 1 day before | NotSent | 2026-11-23 10:00 | opted-out");
    }

    [Fact]
    public async Task An_opted_out_number_leaves_the_e_mail()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1", with: facts => facts with { Email = "ana@example.org" }), "2026-11-24 15:00");
        await clinic.Send(new OptOutNumber(clinic.LineId, "+12025550101", "reply"));
        await clinic.Look();

        var letter = (await clinic.Outbox()).ShouldHaveSingleItem();
        (letter.Medium, letter.To, letter.Subject).ShouldBe((Medium.Email, "ana@example.org", "Your appointment at Maple Clinic"));
    }

    [Fact]
    public async Task A_number_that_turns_out_a_landline_is_remembered_and_the_next_medium_takes_over()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1", with: facts => facts with { Email = "ana@example.org" }), "2026-11-24 15:00");
        await clinic.Until("2026-11-17 10:00");
        await clinic.Fails((await clinic.Outbox())[^1], notMobile: true);
        await clinic.Look();

        var messages = await clinic.Outbox();
        messages.Select(message => message.Medium).ShouldBe([Medium.Sms, Medium.Sms, Medium.Email]);
        messages[2].Reference.ShouldBe(messages[1].Reference);
        (await clinic.Ledger()).ShouldContain("Confirmation, 7 days before | Sent | 2026-11-17 10:00 | other-medium");
        (await clinic.Questions()).ShouldHaveSingleItem().State.ShouldBe(QuestionState.Closed, "nobody was asked by text");
        (await clinic.Read(db => db.Set<ContactPoint>().SingleAsync(point => point.Tag == ContactTag.Cell))).Landline.ShouldBeTrue();
    }

    [Fact]
    public async Task A_message_that_failed_says_with_which_code()
    {
        await using var clinic = await Clinic.Open(Booked);
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Look();
        await clinic.Fails((await clinic.Outbox())[0], notMobile: false);

        var decisions = await clinic.Ask(new DecisionsOf(PatientId: patient));
        decisions.Single(decision => decision.Trigger == "Booked").ShouldSatisfyAllConditions(
            decision => decision.State.ShouldBe(PlanState.Sent),
            decision => decision.InWords.ShouldBe("it could not be delivered (Sms 30008)"));
    }

    [Fact]
    public async Task A_new_number_plans_what_had_no_address()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1", cell: null), "2026-11-24 15:00");
        (await clinic.Ledger()).ShouldContain("Confirmation, 7 days before | NotSent | 2026-11-17 10:00 | no-contact");

        await clinic.Patient("P1");
        (await clinic.Ledger()).ShouldContain("Confirmation, 7 days before | Planned | 2026-11-17 10:00");
    }

    [Fact]
    public async Task Who_has_died_gets_nothing_more()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Patient("P1", with: facts => facts with { Deceased = true });

        (await clinic.Ledger()).Count(line => line.EndsWith("deceased", StringComparison.Ordinal)).ShouldBe(4);
        (await clinic.Look()).ShouldBe(0);
    }

    [Fact]
    public async Task Of_two_who_are_one_the_survivor_has_the_plans_and_questions()
    {
        await using var clinic = await Clinic.Open(Booked);
        var losing = await clinic.Patient("P1");
        await clinic.Books(losing, "2026-11-24 15:00");
        await clinic.Until("2026-11-17 10:00");
        var survivor = (await clinic.Send(new MergePatients(
            "main", "US", new PatientFacts { Id = "P2", Cell = "+12025550109" }, "P1", new MessageVersion(clinic.Now, "77")))).Id;

        (await clinic.Read(db => db.Set<PlannedMessage>().Select(row => row.PatientId).Distinct().ToListAsync())).ShouldBe([survivor]);
        (await clinic.Questions()).ShouldHaveSingleItem().PatientId.ShouldBe(survivor);
        await clinic.Until("2026-11-22 10:00");
        (await clinic.Outbox())[^1].To.ShouldBe("+12025550109");
    }

    [Fact]
    public async Task The_dead_of_two_who_are_one_stop_everything()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P2", "+12025550102"), "2026-11-24 15:00");
        await clinic.Patient("P1", with: facts => facts with { Deceased = true });
        await clinic.Send(new MergePatients("main", "US", new PatientFacts { Id = "P2" }, "P1", new MessageVersion(clinic.Now, "77")));

        (await clinic.Ledger()).ShouldContain("Confirmation, 7 days before | NotSent | 2026-11-17 10:00 | deceased");
    }
}
