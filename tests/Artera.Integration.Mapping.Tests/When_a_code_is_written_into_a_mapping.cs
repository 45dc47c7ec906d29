namespace Artera.Integration.Mapping.Tests;

public class When_a_code_is_written_into_a_mapping
{
    private const string Head = """
        # Ours, since May.
        emr: Test   # the old name
        events: { SIU^S12: book }
        patient: { id: PID-3.1, sex: PID-8 via sexes, language: PID-15 via languages }
        appointment: { id: SCH-2.1, start: SCH-11.4, status: SCH-25.1 via statuses, type: SCH-8.1 via visits }

        """;

    public static TheoryData<string, string, string> Layouts => new()
    {
        { "tables:\n  statuses:\n    Booked: booked # as it should be\n\n    # and the rest\n    Gone: ~\nzone: America/Chicago\n", "    Gone: ~\n", "    Gone: ~\n    ZZZ: arrived\n" },
        { "tables:\n  statuses:\n    Booked: booked", "    Booked: booked", "    Booked: booked\n    ZZZ: arrived\n" },
        { "tables:\r\n  statuses:\r\n    Booked: booked\r\nzone: America/Chicago\r\n", "    Booked: booked\r\n", "    Booked: booked\r\n    ZZZ: arrived\r\n" },
        { "tables: { statuses: { Booked: booked, Gone: ~ } }\n", "{ Booked", "{ ZZZ: arrived, Booked" },
        { "tables:\n  statuses: { # all of them\n    Booked: booked }\n", "{ # all", "{ ZZZ: arrived, # all" },
        { "tables:\n  statuses: {}\n", "statuses: {}", "statuses: { ZZZ: arrived }" },
        { "tables:\n  statuses:\n", "  statuses:\n", "  statuses:\n    ZZZ: arrived\n" },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Everything_else_stays_as_it_is(string tables, string before, string after)
    {
        var more = tables.Contains("{ statuses", StringComparison.Ordinal)
            ? tables.Replace("tables: {", "tables: { visits: {}, sexes: {}, languages: {},", StringComparison.Ordinal)
            : tables.Replace("tables:", "tables:\n  visits: {}\n  sexes: {}\n  languages: {}", StringComparison.Ordinal);
        var yaml = Head + more;

        MappingText.TryAddCode(yaml, "hl7.yaml", "statuses", "ZZZ", "arrived", out var changed, out var error).ShouldBeTrue(error);

        changed.ShouldBe(yaml.Replace(before, after, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("No Show")]
    [InlineData("20")]
    [InlineData("otherwise")]
    [InlineData("null")]
    [InlineData("a: b # c")]
    [InlineData("\"quoted\\\"")]
    [InlineData("Прийом 😀")]
    [InlineData("}")]
    public void Any_code_can_be_given_a_meaning(string code)
    {
        foreach (var table in new[] { "visits", "statuses" })
        {
            var yaml = Head + "tables:\n  visits: { A: b }\n  sexes: {}\n  languages: {}\n  statuses:\n    Booked: booked\n";
            MappingText.TryAddCode(yaml, "hl7.yaml", table, code, "booked", out var changed, out var error).ShouldBeTrue(error);

            MappingFile.TryParse(changed, "hl7.yaml", out var file, out _).ShouldBeTrue();
            file.Knows(table, code).ShouldBeTrue();
            file.Knows(table, code + "x").ShouldBeFalse();
        }
    }

    [Fact]
    public void A_code_that_has_another_meaning_keeps_it()
    {
        var yaml = Head + "tables: { visits: {}, sexes: {}, languages: {}, statuses: { ZZZ: booked } }\n";

        MappingText.TryAddCode(yaml, "hl7.yaml", "statuses", "ZZZ", "arrived", out _, out var error).ShouldBeFalse();
        error.ShouldBe("the table statuses says already that ZZZ is booked");
        MappingText.TryAddCode(yaml, "hl7.yaml", "statuses", "ZZZ", "booked", out var same, out _).ShouldBeTrue();
        same.ShouldBe(yaml);
    }

    [Fact]
    public void Every_mapping_of_ours_can_be_added_to()
    {
        foreach (var path in Golden.GoldenSample.Mappings(MappingsFolder.Path))
        {
            MappingText.TryAddCode(File.ReadAllText(path), path, "statuses", "Z Z", "arrived", out _, out var error).ShouldBeTrue(error);
        }
    }

    [Fact]
    public void The_words_that_fit_are_known()
    {
        MappingFile.TryParse(Head + "tables: { visits: {}, sexes: {}, languages: {}, statuses: { A: booked } }\n", "hl7.yaml", out var file, out var errors).ShouldBeTrue(string.Join('\n', errors));
        file.WordsOf("statuses").ShouldBe(["booked", "confirmed", "arrived", "completed", "cancelled", "no-show", "deleted"]);
        file.WordsOf("visits").ShouldBeEmpty();
    }
}
