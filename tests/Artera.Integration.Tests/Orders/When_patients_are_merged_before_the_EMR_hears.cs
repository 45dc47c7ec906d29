using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Tests.Harness;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Artera.Integration.Tests.Orders;

public sealed class When_patients_are_merged_before_the_EMR_hears
{
    [Theory]
    [OnEveryDatabase]
    public async Task The_status_goes_out_once_under_the_survivor(DatabaseProvider on)
    {
        using var folder = new TempFolder();
        var drop = folder.File("status");
        await File.WriteAllTextAsync(drop, "in the way");
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 10, 26, 14, 0, 0, TimeSpan.Zero));
        await using var server = await TestServer.StartOn(
            on, clock, settings: [new("Feeds:0:OrderStatus:Folder", drop), new("WriteBack:LookEvery", "00:00:00.050")]);
        var system = new HealthSystem { Name = "Test Health" };
        await server.Write(system);
        var practice = new Practice { HealthSystemId = system.Id, Name = "Test Practice", TimeZone = "America/New_York" };
        await server.Write(practice);
        var loser = (await server.Send(new UpdatePatient("main", "US", new PatientFacts { Id = "P1" }, MessageVersion.None))).Patient.Id;
        await server.Send(new RecordRecall(
            "main", "main", loser, practice.Id, new RecallChanged { Patient = new PatientFacts { Id = "P1" }, Change = OrderChange.Active, Id = "R,1" }, new MessageVersion(clock.Now(), "1"), null));
        var recall = await server.Read(db => db.Set<Recall>().Select(row => row.Id).SingleAsync());
        await server.Send(new MeetRecall(recall, null));
        (await All(server)).ShouldBeEmpty();
        await server.Send(new MeetRecall(recall, await Visit(server, loser, practice.Id, clock)));
        await server.Send(new MeetRecall(recall, null));
        await server.Until(All, rows => rows.Exists(row => row.Cause is not null));

        await server.Send(new MergePatients("main", "US", new PatientFacts { Id = "P2" }, "P1", new MessageVersion(clock.Now(), "77")));
        File.Delete(drop);
        clock.Advance(TimeSpan.FromMinutes(5));

        var told = await server.Until(All, rows => rows.TrueForAll(row => row.State == WriteBackState.Done));
        told.ConvertAll(row => row.Status).ShouldBe([OrderStatus.Scheduled, OrderStatus.Reopened]);
        var rows = told.ConvertAll(row => File.ReadAllLines(Path.Combine(drop, $"{row.Key}.csv"))[1]);
        rows[0].ShouldContain(",Recall,\"R,1\",P2,Scheduled,V1,");
        rows[1].ShouldContain(",Recall,\"R,1\",P2,Reopened,,");
        Directory.GetFiles(drop).Length.ShouldBe(2);
    }

    private static async Task<long> Visit(TestServer server, long patient, long practice, FakeTimeProvider clock)
    {
        await server.Send(new RecordAppointment(
            "main", "main", patient, practice, AppointmentChange.Book,
            new() { Id = "V1", Start = new VisitStart(clock.Now() + Duration.FromDays(3)), Location = new Coded("MAIN") }, new MessageVersion(clock.Now(), "2"), null));
        return await server.Read(db => db.Set<Appointment>().Select(row => row.Id).SingleAsync());
    }

    private static Task<List<PendingOrderStatus>> All(TestServer server) => server.Read(All);

    private static Task<List<PendingOrderStatus>> All(IntegrationDb db) => db.Set<PendingOrderStatus>().AsNoTracking().OrderBy(row => row.Id).ToListAsync();
}
