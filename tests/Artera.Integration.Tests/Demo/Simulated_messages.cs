using Artera.Integration.Demo;
using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Hl7;
using NodaTime;

namespace Artera.Integration.Tests.Demo;

public sealed class Simulated_messages
{
    private static readonly LocalDateTime Now = new(2026, 10, 26, 9, 30);
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/New_York"];

    private static readonly SimulatedPatient Patient = new("P1", "Zoë", "O'Sample & Sons")
    {
        Born = new(1980, 2, 29),
        Sex = "F",
        Language = "spa",
        Cell = "2025550101",
        Home = "2025550102",
        Email = "zoe@example.org",
    };

    private static readonly SimulatedVisit Visit = new("V1", Patient, new(2026, 11, 3, 10, 0));

    [Theory]
    [InlineData(SimulatedDialect.Generic, "mappings/generic")]
    [InlineData(SimulatedDialect.Epic, "mappings/epic")]
    public void Say_who_the_patient_is(SimulatedDialect dialect, string mapping)
    {
        var messages = new SimulatedMessages(dialect);
        foreach (var bytes in new[] { messages.Registered(Patient, "1", Now), messages.Updated(Patient, "2", Now) })
        {
            var patient = Events(bytes, mapping).ShouldHaveSingleItem().ShouldBeOfType<PatientUpdated>().Patient;
            patient.Id.ShouldBe("P1");
            patient.Given.Value.ShouldBe("Zoë");
            patient.Family.Value.ShouldBe("O'Sample & Sons");
            patient.Born.Value.ShouldBe(new LocalDate(1980, 2, 29));
            patient.Sex.Value.ShouldBe(Sex.Female);
            patient.Language.Value.ShouldBe("es");
            patient.Email.Value.ShouldBe("zoe@example.org");
            Digits(patient.Cell.Value).ShouldEndWith("2025550101");
            Digits(patient.Home.Value).ShouldEndWith("2025550102");
        }
    }

    [Theory]
    [InlineData(SimulatedDialect.Generic, "mappings/generic")]
    [InlineData(SimulatedDialect.Epic, "mappings/epic")]
    public void Say_what_happens_to_a_visit(SimulatedDialect dialect, string mapping)
    {
        var messages = new SimulatedMessages(dialect);
        Change(messages.Booked(Visit, "1", Now), mapping).ShouldBe(AppointmentChange.Book);
        Change(messages.Rescheduled(Visit, "2", Now), mapping).ShouldBe(AppointmentChange.Reschedule);
        Change(messages.Modified(Visit, "3", Now), mapping).ShouldBe(AppointmentChange.Update);
        Change(messages.Cancelled(Visit, "4", Now), mapping).ShouldBe(AppointmentChange.Cancel);
        Change(messages.NoShow(Visit, "5", Now), mapping).ShouldBe(AppointmentChange.NoShow);

        var facts = Events(messages.Booked(Visit, "1", Now), mapping).OfType<AppointmentChanged>().Single().Appointment;
        facts.Id.ShouldBe("V1");
        facts.Start.Value.At.ShouldBe(Visit.Start.InZoneStrictly(Zone).ToInstant());
        facts.Minutes.Value.ShouldBe(30);
        (facts.Type.Value.Code, facts.Provider.Value.Code, facts.Location.Value.Code).ShouldBe(("FOLLOWUP", "P100", "RFM-MAIN"));
        facts.Status.Value.ShouldBe(EmrStatus.Booked);
    }

    [Theory]
    [InlineData(SimulatedDialect.Generic, "mappings/generic")]
    [InlineData(SimulatedDialect.Epic, "mappings/epic")]
    public void Say_that_two_are_one(SimulatedDialect dialect, string mapping)
    {
        var merged = Events(new SimulatedMessages(dialect).Merged(Patient, "P9", "1", Now), mapping).OfType<PatientsMerged>().ShouldHaveSingleItem();
        (merged.Patient.Id, merged.LosingId).ShouldBe(("P1", "P9"));
    }

    private static AppointmentChange Change(byte[] bytes, string mapping) =>
        Events(bytes, mapping).OfType<AppointmentChanged>().ShouldHaveSingleItem().Change;

    private static IReadOnlyList<EmrEvent> Events(byte[] bytes, string mapping)
    {
        MappingFile.TryLoad(Path.Combine(AppContext.BaseDirectory, mapping), out var file, out _).ShouldBeTrue();
        var result = Mapper.Compile(file!).Map(Hl7Message.TryRead(bytes, out _)!, new MappingContext(Zone));
        result.Causes.ShouldBeEmpty();
        return result.Events;
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsDigit));
}
