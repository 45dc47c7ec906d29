using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.WriteBack;

public sealed class When_answers_are_put_down_as_files : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private TestServer server = null!;
    private long visit;

    private string Drop => folder.File("answers");

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start(null, null, new KeyValuePair<string, string?>("Feeds:0:WriteBack:Csv:Folder", Drop), new KeyValuePair<string, string?>("WriteBack:LookEvery", "00:00:00.050"));
        var system = new HealthSystem { Name = "Test Health" };
        await server.Write(system);
        var practice = new Practice { HealthSystemId = system.Id, Name = "Test Practice", TimeZone = "America/New_York" };
        await server.Write(practice);
        var patient = (await server.Send(new UpdatePatient("main", "US", new PatientFacts { Id = "P\"1,2" }, MessageVersion.None))).Patient.Id;
        var start = TimeProvider.System.Now() + Duration.FromDays(2);
        await server.Send(new RecordAppointment("main", "main", patient, practice.Id, AppointmentChange.Book, new() { Id = "V1", Start = new VisitStart(start), Location = new Coded("MAIN") }, new MessageVersion(TimeProvider.System.Now(), "1"), null));
        visit = await server.Read(db => db.Set<Appointment>().Select(row => row.Id).SingleAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Each_is_a_whole_file_of_one_row()
    {
        await Answers(PatientStatus.Confirmed);
        var done = await Stands(row => row.State == WriteBackState.Done);

        var file = Directory.GetFiles(Drop).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldBe($"{done.ControlId}.csv");
        var lines = await File.ReadAllLinesAsync(file);
        lines[0].ShouldBe("control-id,said-at,appointment,patient,answer,start");
        lines[1].ShouldContain(",V1,\"P\"\"1,2\",Confirmed,");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_holds_them_up_and_loses_none()
    {
        await File.WriteAllTextAsync(Drop, "a file where the folder should be");
        await Answers(PatientStatus.Cancelled);
        (await Stands(row => row.Cause is not null)).ShouldSatisfyAllConditions(
            row => row.State.ShouldBe(WriteBackState.Pending),
            row => row.Cause.ShouldBe(nameof(IOException)));
        (await server.Read(db => db.InTheEmr([visit], CancellationToken.None)))[visit].State.ShouldBe(InEmr.Pending);

        File.Delete(Drop);
        var done = await Stands(row => row.State == WriteBackState.Done);

        Directory.GetFiles(Drop).ShouldHaveSingleItem().ShouldEndWith($"{done.ControlId}.csv");
    }

    [Fact]
    public async Task One_that_was_half_written_at_a_crash_is_written_whole_in_its_own_place()
    {
        Directory.CreateDirectory(Drop);
        await Answers(PatientStatus.Confirmed);
        var done = await Stands(row => row.State == WriteBackState.Done);
        var (file, half) = (Path.Combine(Drop, $"{done.ControlId}.csv"), Path.Combine(Drop, $".{done.ControlId}.tmp"));
        await File.WriteAllTextAsync(half, "control-id,sa");

        // It had been put down, and the server died before it noted so.
        await server.Read(db => db.Set<PendingWriteBack>().ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, WriteBackState.Pending).SetProperty(row => row.SettledAt, (Instant?)null).SetProperty(row => row.MayHaveArrived, true)));
        await Answers(PatientStatus.Cancelled);
        await server.Until(db => db.Set<PendingWriteBack>().AsNoTracking().ToListAsync(), rows => rows.Count == 2 && rows.TrueForAll(row => row.State == WriteBackState.Done));

        File.Exists(half).ShouldBeFalse();
        (await File.ReadAllTextAsync(file)).ShouldBe(System.Text.Encoding.UTF8.GetString(done.Sent!));
        Directory.GetFiles(Drop).Length.ShouldBe(2);
    }

    private Task Answers(PatientStatus status) => server.Send(new AnswerAppointment(visit, status, "patient"));

    private Task<PendingWriteBack> Stands(Func<PendingWriteBack, bool> so) => server.Until(
        db => db.Set<PendingWriteBack>().AsNoTracking().OrderBy(row => row.Id).FirstAsync(), so);
}
