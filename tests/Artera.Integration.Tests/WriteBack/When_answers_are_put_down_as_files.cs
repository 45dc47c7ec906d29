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

public sealed class When_answers_are_put_down_as_files
{
    [Fact]
    public async Task Each_is_a_whole_file_of_one_row()
    {
        using var folder = new TempFolder();
        var drop = folder.File("answers");
        await using var server = await TestServer.Start(null, null, new KeyValuePair<string, string?>("Feeds:0:WriteBack:Csv:Folder", drop), new KeyValuePair<string, string?>("WriteBack:LookEvery", "00:00:00.050"));
        var system = new HealthSystem { Name = "Test Health" };
        await server.Write(system);
        var practice = new Practice { HealthSystemId = system.Id, Name = "Test Practice", TimeZone = "America/New_York" };
        await server.Write(practice);
        var patient = (await server.Send(new UpdatePatient("main", "US", new PatientFacts { Id = "P\"1,2" }, MessageVersion.None))).Patient.Id;
        var start = TimeProvider.System.Now() + Duration.FromDays(2);
        await server.Send(new RecordAppointment("main", "main", patient, practice.Id, AppointmentChange.Book, new() { Id = "V1", Start = new VisitStart(start), Location = new Coded("MAIN") }, new MessageVersion(TimeProvider.System.Now(), "1"), null));
        var visit = await server.Read(db => db.Set<Appointment>().Select(row => row.Id).SingleAsync());
        await server.Send(new AnswerAppointment(visit, PatientStatus.Confirmed, "patient"));

        var done = await server.Until(db => db.Set<PendingWriteBack>().AsNoTracking().ToListAsync(), rows => rows.Exists(row => row.State == WriteBackState.Done));

        var file = Directory.GetFiles(drop).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldBe($"{done[0].ControlId}.csv");
        var lines = await File.ReadAllLinesAsync(file);
        lines[0].ShouldBe("control-id,said-at,appointment,patient,answer,start");
        lines[1].ShouldContain(",V1,\"P\"\"1,2\",Confirmed,");
    }
}
