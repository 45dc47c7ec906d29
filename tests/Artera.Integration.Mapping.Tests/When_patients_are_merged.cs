namespace Artera.Integration.Mapping.Tests;

public class When_patients_are_merged
{
    private static readonly Mapper Generic = MappingsFolder.Mapper("generic");

    [Theory]
    [InlineData("A18")]
    [InlineData("A34")]
    [InlineData("A40")]
    [InlineData("A47")]
    public void Every_pair_is_a_merge(string trigger)
    {
        var result = Generic.Map(Mapped.Adt(trigger, "PID|1||1", "MRG|11", "PID|2||2", "MRG|12"), Mapped.Context);

        result.Events.Cast<PatientsMerged>().Select(merge => (merge.Patient.Id, merge.LosingId)).ShouldBe([("1", "11"), ("2", "12")]);
    }

    [Theory]
    [InlineData("PID|1||1", "MRG|1")]
    [InlineData("PID|1||1", "MRG|2", "PID|1||2", "MRG|1")]
    public void A_circle_is_held(params string[] segments)
    {
        var result = Generic.Map(Mapped.Adt("A40", segments), Mapped.Context);

        (result.Outcome, result.Causes.Single().Code).ShouldBe((MappingOutcome.Held, "circular-merge"));
    }

    [Theory]
    [InlineData("PID|1||1")]
    [InlineData("PID|1||1", "MRG|\"\"")]
    public void Without_the_losing_identifier_it_is_held(params string[] segments) =>
        Generic.Map(Mapped.Adt("A40", segments), Mapped.Context).Causes.ShouldBe([new("missing", "patient.merged", "MRG-1(5=MR).1, MRG-1.1")]);

    [Fact]
    public void It_is_not_held_back_for_a_demographic_value()
    {
        var result = Generic.Map(Mapped.Adt("A40", "PID|1||1||||soon", "MRG|2"), Mapped.Context);

        result.Events.ShouldHaveSingleItem().ShouldBeOfType<PatientsMerged>().Patient.Born.IsNothing.ShouldBeTrue();
        result.Causes.ShouldBe([new("unreadable", "patient.born", "PID-7")]);
    }

    [Fact]
    public void A_moved_visit_belongs_to_the_patient_of_the_message()
    {
        var moved = Generic.Map(Mapped.Adt("A45", "PID|1||1", "MRG|2||||V7", "MRG|2||||V8"), Mapped.Context).Events.Cast<AppointmentChanged>();

        moved.Select(visit => (visit.Patient.Id, visit.Appointment.Id, visit.Change)).ShouldBe([("1", "V7", AppointmentChange.Update), ("1", "V8", AppointmentChange.Update)]);
    }
}
