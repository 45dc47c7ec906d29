using Artera.Integration.Appointments;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_a_visit_is_booked_moved_and_cancelled
{
    private const string Booked = "2026-11-02 12:00";

    private static readonly string[] Plan =
    [
        "Booked | Planned | 2026-11-02 12:00",
        "Confirmation, 7 days before | Planned | 2026-11-17 10:00",
        "Confirmation, 2 days before | Planned | 2026-11-22 10:00",
        "Confirmation, 1 day before | Planned | 2026-11-23 10:00",
        "Reminder, 1 day before | NotSent | 2026-11-23 10:00 | filtered",
    ];

    [Fact]
    public async Task The_starting_rules_are_planned()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");

        (await clinic.Ledger()).ShouldBe(Plan);
    }

    [Fact]
    public async Task The_same_news_again_changes_nothing()
    {
        await using var clinic = await Clinic.Open(Booked);
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Says(patient, AppointmentChange.Update, "2026-11-24 15:00");

        (await clinic.Ledger()).ShouldBe(Plan);
    }

    [Fact]
    public async Task A_new_time_plans_again_what_was_not_sent()
    {
        await using var clinic = await Clinic.Open(Booked);
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Until("2026-11-17 10:00");
        await clinic.Says(patient, AppointmentChange.Reschedule, "2026-11-26 09:00");

        (await clinic.Ledger()).ShouldBe(
        [
            "Booked | Sent | 2026-11-02 12:00",
            "Confirmation, 7 days before | Sent | 2026-11-17 10:00",
            "Confirmation, 7 days before | Planned | 2026-11-19 10:00",
            "Confirmation, 2 days before | NotSent | 2026-11-22 10:00 | superseded",
            "Confirmation, 2 days before | Planned | 2026-11-24 10:00",
            "Confirmation, 1 day before | NotSent | 2026-11-23 10:00 | superseded",
            "Confirmation, 1 day before | Planned | 2026-11-25 10:00",
            "Reminder, 1 day before | NotSent | 2026-11-23 10:00 | filtered",
            "Reminder, 1 day before | NotSent | 2026-11-25 10:00 | filtered",
        ]);
        (await clinic.Questions()).ShouldHaveSingleItem().State.ShouldBe(QuestionState.Closed);
    }

    [Fact]
    public async Task Moved_there_and_back_it_is_told_as_before()
    {
        await using var clinic = await Clinic.Open(Booked);
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Says(patient, AppointmentChange.Reschedule, "2026-11-26 09:00");
        await clinic.Says(patient, AppointmentChange.Reschedule, "2026-11-24 15:00");

        (await clinic.Ledger()).Where(line => line.Contains("Planned", StringComparison.Ordinal)).ShouldBe(Plan.Where(line => line.Contains("Planned", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_cancellation_withdraws_what_is_planned()
    {
        await using var clinic = await Clinic.Open(Booked);
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Until("2026-11-17 10:00");
        await clinic.Says(patient, AppointmentChange.Cancel);

        (await clinic.Ledger()).ShouldBe(
        [
            "Booked | Sent | 2026-11-02 12:00",
            "Confirmation, 7 days before | Sent | 2026-11-17 10:00",
            "Confirmation, 2 days before | NotSent | 2026-11-22 10:00 | cancelled",
            "Confirmation, 1 day before | NotSent | 2026-11-23 10:00 | cancelled",
            "Reminder, 1 day before | NotSent | 2026-11-23 10:00 | cancelled",
        ]);
        (await clinic.Questions()).ShouldHaveSingleItem().State.ShouldBe(QuestionState.Closed);
        await clinic.Until("2026-11-22 10:00");
        (await clinic.Outbox()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_confirmed_visit_is_reminded_of_and_not_asked_about()
    {
        await using var clinic = await Clinic.Open(Booked);
        var visit = await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");
        await clinic.Until("2026-11-17 10:00");
        await clinic.Answers(visit, PatientStatus.Confirmed);

        (await clinic.Ledger()).ShouldBe(
        [
            "Booked | Sent | 2026-11-02 12:00",
            "Confirmation, 7 days before | Sent | 2026-11-17 10:00",
            "Confirmation, 2 days before | NotSent | 2026-11-22 10:00 | filtered",
            "Confirmation, 1 day before | NotSent | 2026-11-23 10:00 | filtered",
            "Confirmed by the patient | Planned | 2026-11-17 10:00",
            "Reminder, 1 day before | Planned | 2026-11-23 10:00",
        ]);
        (await clinic.Questions()).ShouldHaveSingleItem().State.ShouldBe(QuestionState.Answered);
        await clinic.Look();
        (await clinic.Outbox())[^1].Body.ShouldBe("Thank you, Ana. Your appointment on Tuesday, November 24 at 3:05 PM is confirmed.".Replace("3:05", "3:00", StringComparison.Ordinal));
        (await clinic.Outbox())[^1].Priority.ShouldBe(Priority.Reply);
    }

    [Fact]
    public async Task Arrived_and_completed_are_thanked_for_once()
    {
        await using var clinic = await Clinic.Open(Booked);
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Until("2026-11-24 14:50");
        await clinic.Says(patient, AppointmentChange.Update, with: facts => facts with { Status = EmrStatus.Arrived });
        await clinic.Until("2026-11-24 15:40");
        await clinic.Says(patient, AppointmentChange.Update, with: facts => facts with { Status = EmrStatus.Completed });

        (await clinic.Ledger()).Where(line => line.StartsWith("Thank", StringComparison.Ordinal) || line.StartsWith("Survey", StringComparison.Ordinal)).ShouldBe(
        [
            "Thank you | Planned | 2026-11-24 16:50",
            "Survey | Planned | 2026-11-25 10:00",
        ]);
        await clinic.Until("2026-11-25 10:00");
        (await clinic.Outbox()).TakeLast(2).Select(message => message.Body[..30]).ShouldBe(
            ["Maple Clinic: Thank you for yo", "Maple Clinic: Ana, how was you"]);
    }

    [Fact]
    public async Task Who_did_not_come_is_followed_up()
    {
        await using var clinic = await Clinic.Open(Booked);
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Until("2026-11-24 17:00");
        await clinic.Says(patient, AppointmentChange.NoShow);
        await clinic.Until("2026-11-24 17:30");

        (await clinic.Ledger()).ShouldContain("Missed appointment | Sent | 2026-11-24 17:30");
    }

    [Fact]
    public async Task A_place_that_no_practice_owns_messages_nobody()
    {
        await using var clinic = await Clinic.Open(Booked);
        var patient = await clinic.Patient("P1");
        await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Send(new RecordAppointment(
            "main", "main", patient, PracticeId: null, AppointmentChange.Update, new AppointmentFacts { Id = "V1", Location = new Coded("L9") },
            new Artera.Integration.Patients.MessageVersion(clinic.Now, "99"), null));

        (await clinic.Ledger()).ShouldAllBe(line => line.EndsWith("unmapped", StringComparison.Ordinal) || line.EndsWith("filtered", StringComparison.Ordinal));
        await clinic.Until("2026-11-02 12:01");
        (await clinic.Outbox()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_practice_has_its_own_way()
    {
        await using var clinic = await Clinic.Open(Booked);
        await clinic.Add(
            Own("Confirmation, 7 days before", running: false, clinic.PracticeId),
            Own("Confirmation, 1 day before", running: true, clinic.PracticeId));
        await clinic.Books(await clinic.Patient("P1"), "2026-11-24 15:00");

        (await clinic.Ledger()).ShouldBe(
        [
            "Booked | Planned | 2026-11-02 12:00",
            "Confirmation, 2 days before | Planned | 2026-11-22 10:00",
            "Reminder, 1 day before | NotSent | 2026-11-23 10:00 | filtered",
            "Confirmation, 7 days before | NotSent | 2026-11-23 17:00 | paused",
            "Confirmation, 1 day before | Planned | 2026-11-23 17:00",
        ]);
    }

    private static Trigger Own(string name, bool running, long practiceId) => new()
    {
        HealthSystemId = 1,
        PracticeId = practiceId,
        Name = name,
        Running = running,
        Timing = TimingWords.Read("1 day before start at 17:00"),
        SendFrom = ResourceKind.Location,
        Texts = [new TriggerText { Medium = Medium.Sms, Body = new() { ["en"] = "Tomorrow" } }],
    };
}
