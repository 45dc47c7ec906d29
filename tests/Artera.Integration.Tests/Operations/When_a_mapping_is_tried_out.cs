using System.CommandLine;
using Artera.Integration.Operations;

namespace Artera.Integration.Tests.Operations;

public sealed class When_a_mapping_is_tried_out : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mapping-").FullName;

    public When_a_mapping_is_tried_out()
    {
        Directory.CreateDirectory(Path.Combine(folder, "samples"));
        Mapping("SCH-25.1 via statuses");
        Sample("book", "Booked");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_clean_message_ends_with_0_and_tells_each_field_and_what_was_not_read()
    {
        var (code, output, _) = Map(folder, Message("book"));

        code.ShouldBe(0);
        output.ShouldContain("SIU^S12 C1: book, UNDERSTOOD");
        output.ShouldMatch(@"appointment\.status +booked +SCH-25\.1 via statuses +'Booked'");
        output.ShouldMatch(@"Not read:\s+ZPD-1 +forgotten");
        output.ShouldContain("SCH||7|||||||||^^^20260921143000||||||||||||||Yes");
    }

    [Fact]
    public void A_held_message_ends_with_1_and_says_why()
    {
        Sample("odd", "ZZZ");

        var (code, output, _) = Map(folder, Message("odd"));

        code.ShouldBe(1);
        output.ShouldContain("SCH-25.1 = ZZZ is not in table statuses (appointment.status)");
    }

    [Fact]
    public void A_wrong_mapping_ends_with_2_and_says_where()
    {
        Mapping("SCH.25.1 via statuses");

        var (code, _, error) = Map(folder, Message("book"));

        code.ShouldBe(2);
        error.ShouldContain($"{Path.Combine(folder, "hl7.yaml")}:4:57: SCH.25.1 is not a path");
    }

    [Theory]
    [InlineData("one-argument")]
    [InlineData("--check", "/nowhere")]
    [InlineData("--check", "a", "--accept", "b")]
    public void A_wrong_call_ends_with_2(params string[] arguments) => Map(arguments).Code.ShouldBe(2);

    [Fact]
    public void Samples_are_accepted_then_checked_and_a_change_of_meaning_is_shown()
    {
        Map("--check", folder).Code.ShouldBe(1);
        Map("--accept", folder).Code.ShouldBe(0);
        Map("--check", folder).ShouldBe((0, "1 samples, 0 not as expected, 0 mappings invalid" + Environment.NewLine, ""));

        Sample("book", "Confirmed");
        var (code, _, error) = Map("--check", folder);

        code.ShouldBe(1);
        error.ShouldContain("- " + "    appointment.status: booked");
        error.ShouldContain("+ " + "    appointment.status: confirmed");
    }

    private static (int Code, string Output, string Error) Map(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = MapVerb.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private string Message(string name) => Path.Combine(folder, "samples", name + ".hl7");

    private void Mapping(string status) => File.WriteAllText(Path.Combine(folder, "hl7.yaml"), $$"""
        emr: Test
        events: { SIU^S12: book }
        patient: { id: PID-3.1 }
        appointment: { id: SCH-2.1, start: SCH-11.4, status: {{status}} }
        tables: { statuses: { Booked: booked, Confirmed: confirmed } }
        writeback: { confirm: { SCH-25.1: Yes } }
        """);

    private void Sample(string name, string status) => File.WriteAllText(
        Message(name), $"MSH|^~\\&|S|F|A|B|20260914093000||SIU^S12|C1|P|2.3\rSCH||7|||||||||^^^20260921143000||||||||||||||{status}\rPID|1||1\rZPD|forgotten\r");
}
