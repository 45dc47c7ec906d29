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

    [Fact]
    public void It_tells_which_texts_would_go_when_and_in_which_language_and_what_was_assumed()
    {
        var (_, output, _) = Map(Generic, Sampled("book"), "--zone", "America/New_York");

        output.ShouldContain("for a practice in America/New_York with the starting rules");
        Messages(output).ShouldBe(
        [
            "appointment 55501 of patient 100231:",
            "Mon 2026-09-14 09:30  Booked: SMS in es",
            "Mon 2026-09-14 10:00  Confirmation, 7 days before: SMS in es",
            "Sat 2026-09-19 10:00  Confirmation, 2 days before: SMS in es",
            "Sun 2026-09-20 10:00  Confirmation, 1 day before: SMS in es",
            "Sun 2026-09-20 10:00  Reminder, 1 day before: not sent, the rule does not apply (patient status is not Confirmed)",
        ]);
    }

    [Theory]
    [InlineData("recall-new", "Fri 2026-09-11 10:00  Recall, created: SMS in en")]
    [InlineData("recall-cancelled", "Recall, after 1 month: not sent, it was completed or cancelled")]
    [InlineData("referral-new", "Tue 2026-09-15 10:00  Referral, after 3 days: SMS in en")]
    [InlineData("cancel-that-still-says-booked", "Confirmation, 1 day before: not sent, the appointment was cancelled")]
    [InlineData("reschedule-old-group-first", "Booked: not sent, its time had passed")]
    [InlineData("no-show", "Mon 2026-09-21 18:30  Missed appointment: SMS in es")]
    [InlineData("day-without-time", "Booked: not sent, the EMR gave a day without a time")]
    [InlineData("group-visit", "appointment 55510/100240 of patient 100240:")]
    public void So_it_does_for_what_changes_or_ends_and_for_recalls_and_referrals(string sample, string told) =>
        Messages(Map(Generic, Sampled(sample)).Output).ShouldContain(line => line.Contains(told, StringComparison.Ordinal));

    [Theory]
    [InlineData("unknown-code")]
    [InlineData("not-listed")]
    [InlineData("register")]
    public void What_is_held_ignored_or_only_about_the_patient_plans_nothing(string sample) =>
        Map(Generic, Sampled(sample)).Output.ShouldNotContain("Messages:");

    [Fact]
    public void What_each_answer_would_ask_of_a_FHIR_server_is_shown_as_it_would_be_sent()
    {
        var (code, output, _) = Map(Generic, Resource("generic", "booked"));

        code.ShouldBe(0, output);
        output.ShouldContain("Appointment/booked");
        var said = output[output.IndexOf("Write-back, after the appointment was read like this:", StringComparison.Ordinal)..];
        said.ShouldContain("  Confirm:");
        said.ShouldMatch(@"PATCH Appointment/\S+\r?\n +If-Match: W/");
        said.ShouldContain("\"code\":\"pat-crs\"");
        said.ShouldContain("The patient asks for another time");
    }

    [Theory]
    [InlineData("cerner", "Confirm: not supported", "PATCH Appointment/")]
    [InlineData("athena", "Confirm: not supported", "/appointments/")]
    [InlineData("epic", "Cancel: not supported", "Confirm: not supported")]
    public void So_it_is_for_servers_that_take_less(string emr, params string[] told)
    {
        var (_, output, _) = Map(Path.Combine(AppContext.BaseDirectory, "mappings", emr), Resource(emr, "booked"));

        foreach (var line in told)
            output.ShouldContain(line);
    }

    [Fact]
    public void A_resource_tells_its_texts_what_holds_it_and_what_would_be_looked_up()
    {
        Messages(Map(Generic, Resource("generic", "booked")).Output).ShouldContain(line => line.Contains("7 days before", StringComparison.Ordinal));
        Map(Generic, Resource("generic", "unknown-status")).Code.ShouldBe(1);
        Map(Generic, Resource("generic", "alone")).Output.ShouldContain("Not at hand, looked up by a feed with Fhir:BaseUrl:");
    }

    private static string Resource(string emr, string name) => Path.Combine(AppContext.BaseDirectory, "mappings", emr, "samples", $"fhir-{name}.json");

    private static readonly string Generic = Path.Combine(AppContext.BaseDirectory, "mappings", "generic");

    private static string Sampled(string name) => Path.Combine(Generic, "samples", name + ".hl7");

    private static string[] Messages(string output) =>
        [.. output.Split(Environment.NewLine).SkipWhile(line => line != "Messages:").Skip(3).TakeWhile(line => line.Length > 0).Select(line => line.Trim())];

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
