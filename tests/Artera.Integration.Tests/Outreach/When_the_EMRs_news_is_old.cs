using Artera.Integration.Appointments;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;

namespace Artera.Integration.Tests.Outreach;

/// <summary>A message that was held is applied once somebody has said what it means; nobody is texted about the past.</summary>
public sealed class When_the_EMRs_news_is_old
{
    private const string Arrived = "2026-11-02 12:00";

    [Theory]
    [InlineData("2026-11-02 12:20")]
    [InlineData("2026-11-20 09:00")]
    public async Task A_booking_is_not_told_at_once_and_reminders_still_ahead_are_planned(string now)
    {
        await using var clinic = await Clinic.Open(now);
        await Says(clinic, AppointmentChange.Book, "2026-11-24 15:00");

        var plan = await clinic.Ledger();
        plan[0].ShouldBe($"Booked | NotSent | {Arrived} | replayed");
        plan.ShouldContain("Confirmation, 2 days before | Planned | 2026-11-22 10:00");
        await clinic.Look();
        (await clinic.Outbox()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_left_untold_stays_untold_when_the_visit_is_decided_again()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:20");
        var patient = await Says(clinic, AppointmentChange.Book, "2026-11-24 15:00");
        await clinic.Says(patient, AppointmentChange.Update, "2026-11-24 15:00");

        (await clinic.Ledger())[0].ShouldBe($"Booked | NotSent | {Arrived} | replayed");
    }

    [Fact]
    public async Task A_cancellation_takes_back_what_is_planned_and_says_nothing()
    {
        await using var clinic = await Clinic.Open("2026-11-02 12:20");
        var patient = await Says(clinic, AppointmentChange.Book, "2026-11-24 15:00");
        await Says(clinic, AppointmentChange.Cancel, null, patient);

        await clinic.Until("2026-11-25 12:00");
        (await clinic.Outbox()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_acknowledgement_on_its_way_goes_out_all_the_same()
    {
        await using var clinic = await Clinic.Open(Arrived);
        var patient = await clinic.Patient("P1");
        var visit = await clinic.Books(patient, "2026-11-24 15:00");
        await clinic.Answers(visit, PatientStatus.Confirmed);
        await Says(clinic, AppointmentChange.Update, "2026-11-24 15:00", patient);

        (await clinic.Ledger()).ShouldContain(row => row.StartsWith("Confirmed by the patient | Planned", StringComparison.Ordinal));
    }

    private static async Task<long> Says(Clinic clinic, AppointmentChange change, string? start, long? known = null)
    {
        var patient = known ?? await clinic.Patient("P1");
        var facts = new AppointmentFacts { Id = "V1", Location = new Coded("L1"), Start = start is null ? Stated<VisitStart>.Nothing : new VisitStart(Given.At(start)) };
        await clinic.Send(new RecordAppointment(
            "main", "main", patient, clinic.PracticeId, change, facts, new MessageVersion(clinic.Now, "99"), null, ArrivedAt: Given.At(Arrived)));
        return patient;
    }
}
