using Artera.Integration.Appointments;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using NodaTime;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_filters_are_asked
{
    [Theory]
    [InlineData("PatientStatus", "Unconfirmed", null)]
    [InlineData("PatientStatus", "unconfirmed|Confirmed", null)]
    [InlineData("PatientStatus", "Confirmed", "patient status is not Confirmed")]
    [InlineData("SystemStatus", "Booked", null)]
    [InlineData("SystemStatus", "Arrived|Completed", "system status is not Arrived or Completed")]
    [InlineData("EventType", "LAB", null)]
    [InlineData("EventType", "MRI", "event type is not MRI")]
    [InlineData("Location", "L1", null)]
    [InlineData("Provider", "P1", "provider is not P1")]
    [InlineData("Sex", "Female", null)]
    [InlineData("Sex", "Male", "sex is not Male")]
    [InlineData("Age", "18-64", null)]
    [InlineData("Age", "0-17|65+", "age is not 0-17 or 65+")]
    [InlineData("Age", "39", null)]
    [InlineData("NoResponse", "Yes", null)]
    [InlineData("NoResponse", "No", "no response is not No")]
    public void One_of_the_values_is_enough(string on, string values, string? against) =>
        Against(new TriggerFilters { Include = [Filter(on, values)] }).ShouldBe(against);

    [Fact]
    public void Every_filter_must_hold() =>
        Against(new TriggerFilters { Include = [Filter("EventType", "LAB"), Filter("Sex", "Male")] }).ShouldBe("sex is not Male");

    [Fact]
    public void Any_exclusion_wins() =>
        Against(new TriggerFilters { Include = [Filter("EventType", "LAB")], Exclude = [Filter("Location", "L2|L1")] }).ShouldBe("location is L2 or L1");

    [Fact]
    public void What_is_not_known_is_not_included_and_not_excluded()
    {
        Against(new TriggerFilters { Include = [Filter("Provider", "P1")] }).ShouldNotBeNull();
        Against(new TriggerFilters { Exclude = [Filter("Provider", "P1")] }).ShouldBeNull();
    }

    [Fact]
    public void Whom_the_EMR_has_as_confirmed_counts_as_confirmed()
    {
        var appointment = Booked();
        appointment.SystemStatus = EmrStatus.Confirmed;
        var confirmed = new TriggerFilters { Include = [Filter("PatientStatus", "Confirmed")] };
        confirmed.Against(new Visit(appointment), Woman(), Today).ShouldBeNull();

        appointment.PatientStatus = PatientStatus.Cancelled;
        confirmed.Against(new Visit(appointment), Woman(), Today).ShouldNotBeNull("the patient has said otherwise");
    }

    [Fact]
    public void A_filtered_message_says_by_what()
    {
        var trigger = Given.Trigger("1 day before start at 10:00", only: Filter("PatientStatus", "Confirmed"));
        var verdict = Given.Decide(trigger, Given.Appointment("2026-11-24 15:00"), "2026-10-01 12:00")!.Value;
        verdict.Reason.ShouldBe(Reasons.Filtered);
        Reasons.InWords(verdict.Reason, verdict.Detail).ShouldBe("the rule does not apply (patient status is not Confirmed)");
    }

    [Fact]
    public void A_rule_that_waits_for_another_answer_has_nothing_to_say()
    {
        var appointment = Given.Appointment("2026-11-24 15:00");
        (appointment.PatientStatus, appointment.PatientStatusAt) = (PatientStatus.Cancelled, Given.At("2026-11-20 12:00"));
        Given.Decide(Given.Trigger("0 minutes after patient status change", only: Filter("PatientStatus", "Confirmed")), appointment, "2026-11-20 12:00").ShouldBeNull();
    }

    private static readonly LocalDate Today = new(2026, 10, 1);

    private static string? Against(TriggerFilters filters) => filters.Against(new Visit(Booked()), Woman(), Today);

    private static TriggerFilter Filter(string on, string values) => new(Enum.Parse<FilterOn>(on), [.. values.Split('|')]);

    private static Appointment Booked()
    {
        var appointment = Given.Appointment("2026-11-24 15:00");
        (appointment.TypeCode, appointment.LocationCode) = ("LAB", "L1");
        return appointment;
    }

    private static Artera.Integration.Patients.Patient Woman()
    {
        var patient = Given.Patient();
        (patient.Sex, patient.Born) = (Sex.Female, new LocalDate(1986, 10, 2));
        return patient;
    }
}
