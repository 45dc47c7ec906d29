using Artera.Integration.Appointments;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_a_message_is_planned
{
    /// <summary>Visit: Tuesday 2026-11-24 15:00 in New York, booked Thursday 2026-10-01 12:00.</summary>
    [Theory]
    [InlineData("0 minutes after booked", "2026-10-01 12:00")]
    [InlineData("30 minutes after booked", "2026-10-01 12:30")]
    [InlineData("7 days before start at 10:00", "2026-11-17 10:00")]
    [InlineData("2 days before start at 10:00", "2026-11-22 10:00")]
    [InlineData("1 day before start at 10:00", "2026-11-23 10:00")]
    [InlineData("1 day before start", "2026-11-23 15:00")]
    [InlineData("0 days before start at 09:15", "2026-11-24 09:15")]
    [InlineData("3 hours before start", "2026-11-24 12:00")]
    [InlineData("48 hours before start", "2026-11-22 15:00")]
    [InlineData("1 month before start at 10:00", "2026-10-24 10:00")]
    [InlineData("1 day after start at 11:30", "2026-11-25 11:30")]
    [InlineData("2 hours after start", "2026-11-24 17:00")]
    [InlineData("1 day after booked at 10:00", "2026-10-02 10:00")]
    [InlineData("0 days after start at 18:00", "2026-11-24 18:00")]
    [InlineData("0 days after start at 09:00", "2026-11-25 09:00")]
    public void It_is_due_when_the_words_say(string send, string due) =>
        Given.Local(Plan(send).Due).ShouldBe(due);

    [Theory]
    [InlineData("0 minutes after patient status change", "2026-11-20 13:00")]
    [InlineData("5 minutes after change", "2026-11-19 13:05")]
    [InlineData("10 minutes after cancelled", "2026-11-21 13:10")]
    [InlineData("120 minutes after system status change", "2026-11-24 18:00")]
    public void It_counts_from_what_has_happened(string send, string due)
    {
        var trigger = Given.Trigger(send);
        var appointment = Given.Appointment("2026-11-24 15:00");
        Given.Decide(trigger, appointment, "2026-10-01 12:00").ShouldBeNull("it has not happened yet");

        (appointment.PatientStatus, appointment.PatientStatusAt) = (PatientStatus.Cancelled, Given.At("2026-11-20 13:00"));
        appointment.ChangedAt = Given.At("2026-11-19 13:00");
        if (send.EndsWith("cancelled", StringComparison.Ordinal))
            (appointment.SystemStatus, appointment.CancelledAt) = (EmrStatus.Cancelled, Given.At("2026-11-21 13:00"));
        if (send.Contains("system", StringComparison.Ordinal))
            (appointment.SystemStatus, appointment.SystemStatusAt) = (EmrStatus.Completed, Given.At("2026-11-24 16:00"));

        var verdict = Given.Decide(trigger, appointment, "2026-11-19 13:00")!.Value;
        verdict.Reason.ShouldBeNull();
        Given.Local(verdict.Due).ShouldBe(due);
    }

    [Fact]
    public void A_timed_message_whose_time_has_passed_when_the_visit_becomes_known_is_not_sent()
    {
        var appointment = Given.Appointment("2026-11-24 15:00", booked: "2026-11-23 12:00");
        Given.Decide(Given.Trigger("1 day before start at 10:00"), appointment, "2026-11-23 12:00")!.Value.Reason.ShouldBe(Reasons.Passed);
        Given.Decide(Given.Trigger("0 minutes after booked"), appointment, "2026-11-23 12:00")!.Value.Reason.ShouldBeNull();
    }

    [Fact]
    public void A_rule_that_turns_up_later_does_not_answer_what_happened_long_before() =>
        Given.Decide(Given.Trigger("0 minutes after booked"), Given.Appointment("2026-11-24 15:00"), "2026-10-03 12:00")!.Value.Reason.ShouldBe(Reasons.Passed);

    [Fact]
    public void Nothing_is_said_about_a_visit_that_has_begun()
    {
        var appointment = Given.Appointment("2026-11-24 15:00", booked: "2026-11-24 15:10");
        Given.Decide(Given.Trigger("0 minutes after booked"), appointment, "2026-11-24 15:10")!.Value.Reason.ShouldBe(Reasons.Started);
        Given.Decide(Given.Trigger("2 hours after start"), appointment, "2026-11-24 15:10")!.Value.Reason.ShouldBeNull();
    }

    [Fact]
    public void An_old_visit_that_the_EMR_closes_now_is_not_thanked_for()
    {
        var appointment = Given.Appointment("2026-10-05 15:00");
        (appointment.SystemStatus, appointment.SystemStatusAt) = (EmrStatus.Completed, Given.At("2026-11-20 12:00"));
        Given.Decide(Given.Trigger("120 minutes after system status change"), appointment, "2026-11-20 12:00")!.Value.Reason.ShouldBe(Reasons.Passed);
    }

    [Fact]
    public void A_day_without_a_time_is_never_messaged_with_one()
    {
        var appointment = Given.Appointment("2026-11-24 00:00");
        appointment.DayOnly = true;
        var trigger = Given.Trigger("1 day before start at 10:00");
        Given.Decide(trigger, appointment, "2026-10-01 12:00")!.Value.Reason.ShouldBe(Reasons.DayOnly);

        var dayOnly = Given.Trigger("1 day before start at 10:00");
        dayOnly.Texts = [dayOnly.Texts[0] with { Body = new() { ["en"] = "See you on {eventDate}" } }];
        Given.Local(Given.Decide(dayOnly, appointment, "2026-10-01 12:00", calendar: Given.Calendar("America/Los_Angeles"))!.Value.Due)
            .ShouldBe("2026-11-23 13:00", "the day is the EMR's, the clock time the practice's");
    }

    [Fact]
    public void The_dead_the_reluctant_and_the_unreachable_get_nothing()
    {
        var (trigger, appointment) = (Given.Trigger("1 day before start at 10:00"), Given.Appointment("2026-11-24 15:00"));
        string? Reason(Patient patient) => Given.Decide(trigger, appointment, "2026-10-01 12:00", patient)!.Value.Reason;

        var dead = Given.Patient();
        dead.Deceased = true;
        Reason(dead).ShouldBe(Reasons.Deceased);
        var reluctant = Given.Patient();
        reluctant.DoNotContact = true;
        Reason(reluctant).ShouldBe(Reasons.DoNotContact);
        Reason(Given.Patient(cell: null)).ShouldBe(Reasons.NoContact);
        Reason(Given.Patient(cell: null).With(ContactTag.Cell, "+12025550101", landline: true)).ShouldBe(Reasons.NoContact);
    }

    [Fact]
    public void A_paused_rule_says_so()
    {
        var trigger = Given.Trigger("1 day before start at 10:00");
        trigger.Running = false;
        Given.Decide(trigger, Given.Appointment("2026-11-24 15:00"), "2026-10-01 12:00")!.Value.Reason.ShouldBe(Reasons.Paused);
    }

    [Fact]
    public void A_cancelled_visit_is_told_only_by_rules_that_wait_for_it()
    {
        var appointment = Given.Appointment("2026-11-24 15:00");
        (appointment.SystemStatus, appointment.CancelledAt) = (EmrStatus.Cancelled, Given.At("2026-11-20 12:00"));
        Given.Decide(Given.Trigger("1 day before start at 10:00"), appointment, "2026-11-20 12:00")!.Value.Reason.ShouldBe(Reasons.Cancelled);
        Given.Decide(Given.Trigger("0 minutes after cancelled"), appointment, "2026-11-20 12:00")!.Value.Reason.ShouldBeNull();
    }

    [Fact]
    public void The_patient_who_cancelled_hears_so_even_when_the_EMR_is_quicker()
    {
        var appointment = Given.Appointment("2026-11-24 15:00");
        (appointment.PatientStatus, appointment.PatientStatusAt) = (PatientStatus.Cancelled, Given.At("2026-11-20 12:00"));
        (appointment.SystemStatus, appointment.CancelledAt) = (EmrStatus.Cancelled, Given.At("2026-11-20 12:01"));
        Given.Decide(Given.Trigger("0 minutes after patient status change"), appointment, "2026-11-20 12:01")!.Value.Reason.ShouldBeNull();
    }

    private static Verdict Plan(string send) =>
        Given.Decide(Given.Trigger(send), Given.Appointment("2026-11-24 15:00"), "2026-10-01 12:00")!.Value;
}
