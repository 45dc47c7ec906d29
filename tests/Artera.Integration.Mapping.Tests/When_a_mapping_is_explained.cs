namespace Artera.Integration.Mapping.Tests;

public class When_a_mapping_is_explained
{
    private static readonly Mapper Generic = MappingsFolder.Mapper("generic");

    [Fact]
    public void Every_field_names_the_path_and_the_table_that_gave_it()
    {
        var explanation = Explain("SCH||7|||||R|FU|30|MIN|^^^20260921143000||||||||||||||Confirmed", "PID|1||1|||||||||||SPA");

        Reading(explanation, "appointment.status").ShouldBe(new(1, "appointment.status", "confirmed", "SCH-25.1", "Confirmed", "statuses", null));
        Reading(explanation, "appointment.start").Value.ShouldBe("2026-09-21T14:30:00-05:00");
        Reading(explanation, "appointment.provider").ShouldBe(new(1, "appointment.provider", null, null, null, null, null));
        Reading(explanation, "patient.id").Path.ShouldBe("PID-3.1");
    }

    [Fact]
    public void What_no_rule_looked_at_is_listed_with_its_place() =>
        Explain("SCH||7||OCC9|||||30|MIN|^^^20260921143000", "PID|1||1||||||||12 Test St", "ZPD|A^B||C", "NTE|1||one", "NTE|2||two").Unread
            .ShouldBe([new("SCH-4", "OCC9"), new("PID-11", "12 Test St"), new("ZPD-1", "A^B"), new("ZPD-3", "C"), new("NTE(1)-3", "one"), new("NTE(2)-3", "two")]);

    [Fact]
    public void A_refused_number_and_a_lost_extension_are_noted()
    {
        var explanation = Explain("SCH||7|||||||||^^^20260921143000", "PID|1||1||||||||||(000)000-0000^PRS^CP~^PRN^PH^^^217^5550101^33");

        Reading(explanation, "contact.cell").Note.ShouldBe("a number that stands for none is refused");
        Reading(explanation, "contact.home").Note.ShouldBe("without extension 33");
    }

    [Fact]
    public void The_result_is_the_one_that_mapping_gives()
    {
        var message = Mapped.Siu("S12", "SCH||7|||||||||^^^20260921143000||||||||||||||ZZ", "PID|1||1");

        var explanation = Generic.Explain(message, Mapped.Context);

        explanation.Result.Causes.ShouldBe(Generic.Map(message, Mapped.Context).Causes);
        Reading(explanation, "appointment.status").Note.ShouldBe("not in table statuses");
    }

    [Fact]
    public void Each_part_of_a_message_has_its_readings()
    {
        var explanation = Explain("SCH||7|||||||||^^^20260921143000", "PID|1||1", "PID|2||2");

        explanation.Readings.Where(reading => reading.Field == "patient.id").Select(reading => (reading.Group, reading.Value)).ShouldBe([(1, "1"), (2, "2")]);
    }

    private static Explanation Explain(params string[] segments) => Generic.Explain(Mapped.Siu("S12", segments), Mapped.Context);

    private static FieldReading Reading(Explanation explanation, string field) => explanation.Readings.Single(reading => reading.Field == field);
}
