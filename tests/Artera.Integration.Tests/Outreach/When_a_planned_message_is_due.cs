using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_a_planned_message_is_due
{
    private const string Booked = "2026-11-02 12:00";

    [Fact]
    public async Task It_is_queued_once_with_its_question()
    {
        await using var clinic = await Clinic.Open(Booked);
        var visit = await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:05");
        await clinic.Until("2026-11-17 10:00");
        await clinic.Look();

        var asked = (await clinic.Outbox()).Where(message => message.Body.Contains("Reply Y", StringComparison.Ordinal)).ShouldHaveSingleItem();
        asked.Body.ShouldBe("Maple Clinic: Ana, you have an appointment on Tuesday, November 24 at 3:05 PM. Reply Y to confirm or N to cancel.");
        (asked.Medium, asked.To, asked.From, asked.Priority).ShouldBe((Medium.Sms, "+12025550101", "+12025550190", Priority.Reminder));
        var question = (await clinic.Questions()).ShouldHaveSingleItem();
        (question.AppointmentId, question.OutboundMessageId, question.Number, question.ClosesAt).ShouldBe((visit.Id, asked.Id, asked.To, visit.StartsAt!.Value));
    }

    [Fact]
    public async Task Many_workers_send_it_once()
    {
        await using var clinic = await Clinic.Open(Booked, [new("Outreach:ClaimSize", "3")]);
        for (var number = 1; number <= 10; number++)
            await clinic.Books(await clinic.Patient($"P{number}"), "2026-11-24 15:00", $"V{number}");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(clinic.Look)));

        (await clinic.Outbox()).Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_worker_whose_claim_was_taken_over_changes_nothing()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        var row = await clinic.Read(db => db.Set<PlannedMessage>().FirstAsync(planned => planned.DueAt <= clinic.Now));

        (await clinic.Send(new SendPlannedMessage(row.Id, Guid.NewGuid()))).ShouldBeNull();
        (await clinic.Outbox()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_claim_that_is_taken_over_in_between_fails_the_write()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => clinic.Read(async db =>
        {
            var row = await db.Set<PlannedMessage>().FirstAsync(planned => planned.DueAt <= clinic.Now);
            await db.Set<PlannedMessage>().Where(other => other.Id == row.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(other => other.Claim, (Guid?)Guid.NewGuid()));
            row.SentAs(1, clinic.Now);
            return await db.SaveChangesAsync();
        }));
    }

    [Fact]
    public async Task The_filters_are_asked_again_on_the_data_of_the_moment()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Change<Appointment>(_ => true, visit => visit.PatientStatus = PatientStatus.Confirmed);
        await clinic.Until("2026-11-22 10:00");

        (await clinic.Ledger()).ShouldContain("Confirmation, 2 days before | NotSent | 2026-11-22 10:00 | filtered");
    }

    [Fact]
    public async Task A_rule_paused_meanwhile_says_nothing()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Change<Trigger>(trigger => trigger.Name == "Booked", trigger => trigger.Running = false);
        await clinic.Look();

        (await clinic.Ledger()).ShouldContain("Booked | NotSent | 2026-11-02 12:00 | paused");
    }

    [Fact]
    public async Task A_rule_moved_to_a_later_hour_waits_for_it()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Change<Trigger>(trigger => trigger.Name.StartsWith("Confirmation, 7", StringComparison.Ordinal), trigger =>
            trigger.Timing = TimingWords.Read("7 days before start at 16:00"));
        await clinic.Until("2026-11-17 10:00");

        (await clinic.Ledger()).ShouldContain("Confirmation, 7 days before | Planned | 2026-11-17 16:00");
    }

    [Fact]
    public async Task After_a_long_outage_nobody_is_told_what_is_stale()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        clinic.Sleep("2026-11-23 12:00");
        await clinic.Look();

        (await clinic.Ledger()).ShouldBe(
        [
            "Booked | NotSent | 2026-11-02 12:00 | passed",
            "Confirmation, 7 days before | NotSent | 2026-11-17 10:00 | passed",
            "Confirmation, 2 days before | NotSent | 2026-11-22 10:00 | passed",
            "Confirmation, 1 day before | Sent | 2026-11-23 10:00",
            "Reminder, 1 day before | NotSent | 2026-11-23 10:00 | filtered",
        ]);
    }

    [Fact]
    public async Task Back_at_night_it_waits_for_the_morning()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Until("2026-11-17 10:00");
        clinic.Sleep("2026-11-22 21:30");
        await clinic.Look();

        (await clinic.Ledger()).ShouldContain("Confirmation, 2 days before | Planned | 2026-11-23 08:00");
    }

    [Fact]
    public async Task What_cannot_be_sent_is_tried_again_later()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Change<Trigger>(trigger => trigger.Name == "Booked", trigger => trigger.Timing = new Timing { Anchor = Anchor.Booked, Days = 0, At = "no time" });
        await clinic.Look();

        var row = await clinic.Read(db => db.Set<PlannedMessage>().OrderBy(planned => planned.Id).FirstAsync());
        (row.State, row.Attempts, row.Claim).ShouldBe((PlanState.Planned, 1, null));
        row.DueAt.ShouldBeGreaterThan(clinic.Now);
    }

    [Fact]
    public async Task A_test_patient_is_messaged_only_at_listed_numbers()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Change<HealthSystem>(_ => true, system => system.TestNumbers = ["+12025550102"]);
        await clinic.Books(await clinic.Patient("P1", with: facts => facts with { Family = "ZTEST" }), "2026-11-24 15:00");
        await clinic.Books(await clinic.Patient("P2", "+12025550102", facts => facts with { Family = "ZTEST" }), "2026-11-24 15:00", "V2");
        await clinic.Look();

        (await clinic.Ledger()).ShouldContain("Booked | NotSent | 2026-11-02 12:00 | test-patient");
        (await clinic.Outbox()).ShouldHaveSingleItem().To.ShouldBe("+12025550102");
    }

    [Fact]
    public async Task It_comes_from_the_line_of_the_place_or_else_of_the_practice()
    {
        await using var clinic = await Clinic.Open(Booked);
        var second = new Line { PracticeId = clinic.PracticeId, Number = "+12025550191", Name = "Radiology" };
        await clinic.Add(second);
        await clinic.Add(
            new Resource { Emr = "main", Kind = ResourceKind.Location, ExternalId = "L2", Name = "Oak Street", PracticeId = clinic.PracticeId, LineId = second.Id },
            new Resource { Emr = "main", Kind = ResourceKind.Location, ExternalId = "L3", Name = "Elm Street", PracticeId = clinic.PracticeId });
        var patient = await clinic.Patient("P1");
        await clinic.Says(patient, AppointmentChange.Book, "2026-11-24 15:00", facts => facts with { Location = new Coded("L2") });
        await clinic.Says(patient, AppointmentChange.Book, "2026-11-25 15:00", facts => facts with { Location = new Coded("L3") }, id: "V2");
        await clinic.Look();

        (await clinic.Outbox()).Select(message => message.From).ShouldBe(["+12025550191", "+12025550190"]);
    }
}
