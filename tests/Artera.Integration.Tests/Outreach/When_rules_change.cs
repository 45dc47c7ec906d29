using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
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

        var first = (await clinic.Send(new PlanOpen(TriggerModule.Appointment, Take: 1))).Last!.Value;
        (await clinic.Send(new PlanOpen(TriggerModule.Appointment, After: first, Take: 1))).Last.ShouldNotBeNull();
        (await clinic.Send(new PlanOpen(TriggerModule.Appointment, After: first + 1, Take: 1))).Last.ShouldBeNull();

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
        var two = await Asked(clinic, new PlanOpen(TriggerModule.Appointment, Take: 2));
        var twenty = await Asked(clinic, new PlanOpen(TriggerModule.Appointment, After: 2, Take: 20));

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

    private static async Task<int> Asked(Clinic clinic, PlanOpen batch) =>
        (await QueryPlans.Listen(() => clinic.Send(batch)))
            .Count(query => query.Sql.StartsWith("SELECT", StringComparison.Ordinal) && !query.Sql.Contains("SettingsVersion", StringComparison.Ordinal)
                && new[] { "Appointment", "Patient", "PlannedMessage" }.Any(table => query.Sql.Contains($"FROM \"{table}\"", StringComparison.Ordinal)));
}
