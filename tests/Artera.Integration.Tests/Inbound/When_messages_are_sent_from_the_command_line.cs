using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Operations;
using Artera.Integration.Operations.Load;
using Artera.Integration.Tests.Harness;
using NodaTime;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_messages_are_sent_from_the_command_line : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private TestServer server = null!;

    private string Listener => $"127.0.0.1:{server.MllpPort}";

    public async ValueTask InitializeAsync() => server = await TestServer.Start(settings: [new("Inbound:Apply", "false")]);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Files_and_batches_go_message_by_message()
    {
        var single = folder.Write("1.hl7", Siu("1"));
        var batch = folder.Write("2.hl7", $"BHS|^~\\&|EMR\r{Siu("2")}{Siu("3", accept: "AL", application: "NE")}BTS|2\r");
        (await Verbs.Run(["send", Listener, single, batch])).ShouldBe(0);
        (await server.Kept()).Select(row => row.ControlId).ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task One_refusal_makes_it_fail_and_the_rest_is_still_sent()
    {
        var refused = folder.Write("1.hl7", Siu("1", processing: "T"));
        (await Verbs.Run(["send", Listener, refused, folder.Write("2.hl7", Siu("2"))])).ShouldBe(1);
        (await server.Kept()).Select(row => row.AckCode).ShouldBe(["AR", "AA"]);
    }

    [Theory]
    [InlineData("127.0.0.1:1")]
    [InlineData("nowhere")]
    public async Task No_listener_makes_it_fail(string listener) =>
        (await Verbs.Run(["send", listener, folder.Write("1.hl7", Siu("1"))])).ShouldBe(1);

    [Fact]
    public async Task Silence_makes_it_fail_after_the_timeout() =>
        (await Verbs.Run(["send", Listener, folder.Write("1.hl7", Siu("1", accept: "NE", application: "NE")), "--timeout", "0.3"])).ShouldBe(1);

    [Fact]
    public async Task A_load_run_sends_each_message_once()
    {
        (await Verbs.Run(["load", Listener, "--connections", "3", "--messages", "200", "--floor", folder.Path])).ShouldBe(0);
        var rows = await server.Kept();
        rows.Select(row => row.ControlId).Distinct(StringComparer.Ordinal).Count().ShouldBe(200);
        rows.Select(row => row.AppointmentKey).Distinct(StringComparer.Ordinal).Count().ShouldBe(200);
        rows.ShouldAllBe(row => row.PatientKey != null && row.Raw.Length > 1400 && row.Raw.Length < 2200);
        Directory.EnumerateFiles(folder.Path, "floor*").ShouldBeEmpty();
    }

    [Fact]
    public void The_messages_of_a_load_run_can_be_understood()
    {
        MappingFile.TryLoad(Path.Combine(AppContext.BaseDirectory, "mappings/generic"), out var mapping, out _).ShouldBeTrue();
        var message = Hl7Message.TryRead(new LoadMessages(10, "CLINIC").Message(12), out var problem)!;
        problem.ShouldBeNull();
        var booked = Mapper.Compile(mapping!).Map(message, new MappingContext(DateTimeZone.Utc)).Events.ShouldHaveSingleItem().ShouldBeOfType<AppointmentChanged>();
        booked.Patient.Id.ShouldBe("000000002");
        booked.Appointment.Location.Value.Code.ShouldBe("CLINIC");
        booked.Appointment.Start.Value.At.ShouldBeGreaterThan(SystemClock.Instance.GetCurrentInstant());
    }

    [Fact]
    public void Two_runs_never_share_a_control_id() =>
        new LoadMessages(10, "L").Message(1).ShouldNotBe(new LoadMessages(10, "L").Message(1));
}
