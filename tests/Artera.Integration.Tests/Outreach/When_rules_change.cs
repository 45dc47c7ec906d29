using Artera.Integration.Appointments;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_rules_change
{
    [Fact]
    public async Task Visits_to_come_are_decided_again()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Books(await clinic.Patient("P2", "+12025550102"), "2026-11-25 15:00", "V2");
        await clinic.Until("2026-11-03 12:00");
        await clinic.Add(
            new Holiday { HealthSystemId = 1, Name = "Closed", Date = new LocalDate(2026, 11, 22) },
            new Trigger
            {
                HealthSystemId = 1,
                Name = "Welcome",
                Timing = TimingWords.Read("0 minutes after booked"),
                Texts = [new TriggerText { Medium = Medium.Sms, Body = new() { ["en"] = "Welcome" } }],
            });
        await clinic.Change<Trigger>(trigger => trigger.Name == "Confirmation, 7 days before", trigger => trigger.Running = false);

        await clinic.Add(new Replanning { Module = TriggerModule.Appointment, StartedAt = clinic.Now, DueAt = clinic.Now });
        await clinic.PlanAgain();
        var done = (await clinic.Read(db => db.Set<Replanning>().OrderBy(row => row.Id).ToListAsync()))[^1];
        (done.Done, done.Of, done.FinishedAt).ShouldBe((2, 2, clinic.Now));

        (await clinic.Ledger()).ShouldBe(
        [
            "Booked | Sent | 2026-11-02 12:00",
            "Confirmation, 7 days before | NotSent | 2026-11-17 10:00 | paused",
            "Confirmation, 2 days before | Planned | 2026-11-21 10:00",
            "Confirmation, 1 day before | Planned | 2026-11-23 10:00",
            "Reminder, 1 day before | NotSent | 2026-11-23 10:00 | filtered",
            "Welcome | NotSent | 2026-11-02 12:00 | passed",
        ]);
        (await clinic.Ledger("V2")).ShouldContain("Confirmation, 7 days before | NotSent | 2026-11-18 10:00 | paused");
    }

    [Fact]
    public async Task A_batch_asks_the_database_as_often_for_twenty_as_for_two()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        for (var number = 10; number < 32; number++)
            await clinic.Books(await clinic.Patient($"P{number}", $"+120255501{number}"), "2026-11-24 15:00", $"V{number}");
        await clinic.Change<Trigger>(trigger => trigger.Name == "Confirmation, 7 days before", trigger => trigger.Running = false);
        var two = await Asked(clinic, new PlanOpen(TriggerModule.Appointment, [1, 2]));
        var twenty = await Asked(clinic, new PlanOpen(TriggerModule.Appointment, [.. Enumerable.Range(3, 20).Select(id => (long)id)]));

        two.ShouldBeGreaterThan(0);
        twenty.ShouldBe(two);
        (await clinic.Ledger("V31")).ShouldContain("Confirmation, 7 days before | NotSent | 2026-11-17 10:00 | paused");
    }

    [Fact]
    public async Task Two_events_of_one_transaction_add_a_row_once()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Add(new Trigger
        {
            HealthSystemId = 1,
            Name = "Late call",
            Timing = TimingWords.Read("3 days before start at 12:00"),
            Texts = [new TriggerText { Medium = Medium.Sms, Body = new() { ["en"] = "Soon" } }],
        });
        await clinic.Twice(visit => new PlanMessages([new Visit(visit)]));

        (await clinic.Ledger()).Count(line => line.StartsWith("Late call", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20)]
    public async Task Each_visit_to_come_is_found_once_whatever_the_batch(int take)
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        await clinic.Add(new Practice { HealthSystemId = 1, Name = "Other", TimeZone = "America/New_York" });
        var patient = await clinic.Patient("P1");
        foreach (var (number, start) in new[] { "2026-11-24 15:00", "2026-11-24 15:00", "2026-11-24 15:00", "2026-11-23 15:00", "2026-11-01 15:00" }.Index())
            await clinic.Books(patient, start, $"V{number}");
        await clinic.Change<Appointment>(visit => visit.ExternalId == "V3", visit => visit.PracticeId = 2);
        await clinic.Books(patient, "2026-12-24 15:00", "V9");
        await clinic.Says(patient, AppointmentChange.Cancel, "2026-12-24 15:00", id: "V9");

        var row = new Replanning { Module = TriggerModule.Appointment, StartedAt = clinic.Now };
        var found = new List<long>();
        for (var batches = 0; batches < 10; batches++)
        {
            var (ids, place) = await clinic.Read(db => new WhatToPlan(db, row, clinic.Now).Next(take, CancellationToken.None));
            found.AddRange(ids);
            row.Place = place;
            ids.Count.ShouldBeLessThanOrEqualTo(take);
        }

        var visits = await clinic.Read(db => db.Set<Appointment>().Where(visit => visit.ExternalId != "V4" && visit.ExternalId != "V9").ToListAsync());
        found.Order().ShouldBe(visits.Select(visit => visit.Id).Order());
        (await clinic.Read(db => new WhatToPlan(db, row, clinic.Now).Count(CancellationToken.None))).ShouldBe(4);
    }

    [Fact]
    public async Task Looking_for_them_does_not_read_the_past()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        var row = new Replanning { Module = TriggerModule.Appointment, StartedAt = clinic.Now };

        var plans = await QueryPlans.Of(clinic.DatabaseFile, () => clinic.Read(async db =>
        {
            var look = new WhatToPlan(db, row, clinic.Now);
            return (await look.Next(200, CancellationToken.None), await look.Count(CancellationToken.None));
        }));

        plans.Count(plan => plan.Step.Contains("(PracticeId=? AND StartsAt>?)", StringComparison.Ordinal)).ShouldBe(2);
        plans.ShouldNotContain(plan => plan.Step.Contains("USE TEMP B-TREE", StringComparison.Ordinal));
        QueryPlans.Scans(plans, "Practice").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_edit_while_it_goes_on_has_it_begin_again()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:00");
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Send(new SaveTrigger(1, PracticeId: null, Soon("3 days"), "loopback"));
        await clinic.Change<Replanning>(row => row.FinishedAt is null, row => row.Claim = Guid.CreateVersion7());
        var seen = await clinic.Read(db => db.Set<Replanning>().AsNoTracking().SingleAsync(row => row.FinishedAt == null));
        clinic.Sleep("2026-11-02 12:01");
        await clinic.Send(new SaveTrigger(1, PracticeId: null, Soon("4 days"), "loopback"));

        // Looked for before the second edit, and comes after it.
        (await clinic.Send(new PlanNextBatch(seen, [], default, Of: 0))).ShouldBeTrue();
        (await clinic.Read(db => db.Set<Replanning>().SingleAsync(row => row.Id == seen.Id))).FinishedAt.ShouldBeNull();
    }

    private static TriggerEntry Soon(string when) => new() { Name = "Soon", Send = $"{when} before start at 12:00", Sms = new() { ["en"] = "Soon" } };

    private static async Task<int> Asked(Clinic clinic, PlanOpen batch) =>
        (await QueryPlans.Listen(() => clinic.Send(batch)))
            .Count(query => query.Sql.StartsWith("SELECT", StringComparison.Ordinal) && !query.Sql.Contains("SettingsVersion", StringComparison.Ordinal)
                && new[] { "Appointment", "Patient", "PlannedMessage" }.Any(table => query.Sql.Contains($"FROM \"{table}\"", StringComparison.Ordinal)));
}
