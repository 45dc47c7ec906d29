using System.Text;
using Artera.Integration.Mapping.Hl7;
using NodaTime;

namespace Artera.Integration.Mapping.Tests;

/// <summary>Short ways to map in tests: a small mapping, changed line by line, and messages built from segments.</summary>
internal static class Mapped
{
    public static readonly DateTimeZone Chicago = DateTimeZoneProviders.Tzdb["America/Chicago"];

    public static readonly MappingContext Context = new(Chicago);

    public const string Small = """
        emr: Test
        events: { SIU^S12: book, SIU^S13: reschedule, SIU^S14: update, SIU^S15: cancel, ADT^A08: update-patient, ADT^A40: merge-patient }
        patient: { id: PID-3.1, merged: MRG-1.1, sex: PID-8, language: PID-15, born: PID-7, deceased: [PID-30, PID-29] }
        contact: { cell: PID-13(3=CP), home: PID-13(3=PH), email: PID-13 }
        appointment: { id: SCH-2.1, start: SCH-11.4, minutes: SCH-9, status: SCH-25.1 via statuses }
        tables: { statuses: { Booked: booked, Cancelled: cancelled } }

        """;

    public static Mapper By(string yaml)
    {
        MappingFile.TryParse(yaml, "test.yaml", out var file, out var errors).ShouldBeTrue(string.Join('\n', errors));
        return Mapper.Compile(file!);
    }

    public static IReadOnlyList<string> Errors(string yaml)
    {
        _ = MappingFile.TryParse(yaml, "test.yaml", out _, out var errors);
        return [.. errors.Select(error => error.ToString())];
    }

    public static Hl7Message Message(params string[] segments)
    {
        var message = Hl7Message.TryRead(Encoding.UTF8.GetBytes(string.Join('\r', segments) + "\r"), out var problem);
        problem.ShouldBeNull();
        return message!;
    }

    public static Hl7Message Siu(string trigger, params string[] segments) => Message([$@"MSH|^~\&|S|F|A|B|20260914093000||SIU^{trigger}|C1|P|2.5.1", .. segments]);

    public static Hl7Message Adt(string trigger, params string[] segments) => Message([$@"MSH|^~\&|S|F|A|B|20260914093000||ADT^{trigger}|C1|P|2.5.1", .. segments]);

    /// <summary>The patient as an A08 with these fields of PID states it.</summary>
    public static MappingResult Patient(string pid, string yaml = Small) => By(yaml).Map(Adt("A08", pid), Context);

    public static PatientFacts Facts(this MappingResult result)
    {
        result.Outcome.ShouldBe(MappingOutcome.Understood, string.Join("; ", result.Causes));
        return result.Events[0].Patient;
    }

    public static AppointmentFacts Visit(this MappingResult result)
    {
        result.Outcome.ShouldBe(MappingOutcome.Understood, string.Join("; ", result.Causes));
        return result.Events[0].ShouldBeOfType<AppointmentChanged>().Appointment;
    }
}
