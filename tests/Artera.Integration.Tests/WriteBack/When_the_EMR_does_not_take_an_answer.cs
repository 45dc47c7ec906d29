using Artera.Integration.Appointments;
using Artera.Integration.Mapping;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Tests.WriteBack;

public sealed class When_the_EMR_does_not_take_an_answer : IAsyncLifetime
{
    private const string ConfirmsOnly = """
        emr: Takes confirmations only
        events: { SIU^S12: book }
        patient: { id: PID-3.1 }
        appointment: { id: SCH-2.1, start: SCH-11.4, status: SCH-25.1 via statuses }
        tables: { statuses: { Booked: booked } }
        writeback: { send: SIU^S14, confirm: { SCH-25.1: Confirmed } }
        """;

    private readonly string mapping = Path.Combine(Directory.CreateTempSubdirectory("artera-").FullName, "hl7.yaml");
    private WriteBackStage stage = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(mapping, ConfirmsOnly);
        stage = await WriteBackStage.Open(new KeyValuePair<string, string?>("Feeds:0:Mapping", mapping));
    }

    public async ValueTask DisposeAsync()
    {
        await stage.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(mapping)!, recursive: true);
    }

    [Fact]
    public async Task Staff_are_told_to_enter_it_by_hand()
    {
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Cancelled);

        (await stage.Latest(visit, WriteBackState.NotSupported)).Cause.ShouldBe(Causes.NotSupported);
        (await stage.Server.Read(db => db.InTheEmr([visit], TestContext.Current.CancellationToken)))[visit].State.ShouldBe(InEmr.ByHand);
    }

    [Fact]
    public async Task It_settles_itself_once_that_is_done()
    {
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.RescheduleRequested);
        await stage.Say("V1", AppointmentChange.Reschedule, new() { Id = "V1", Start = new VisitStart(WriteBackStage.Start + Duration.FromDays(2)) });

        (await stage.Latest(visit, WriteBackState.Superseded)).Cause.ShouldBe(Causes.Moved);
    }

    [Fact]
    public async Task What_it_does_take_goes_out()
    {
        var visit = await stage.Book();
        await stage.Answer(visit, PatientStatus.Confirmed);

        await stage.Latest(visit, WriteBackState.Done);
        stage.Emr.Received.ShouldHaveSingleItem().Status.ShouldBe("Confirmed");
    }
}
