using System.Net;
using Artera.Integration.Appointments;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Inbound;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Journeys;

/// <summary>The EMR has done what it was asked, and before that is written down the server is gone.</summary>
public sealed class When_the_server_is_killed_telling_a_FHIR_server
{
    [Theory]
    [InlineData(PatientStatus.Cancelled, Causes.AlreadyCancelled)]
    [InlineData(PatientStatus.Confirmed, Causes.AlreadySaid)]
    public async Task What_was_done_is_found_done_and_not_asked_for_again(PatientStatus status, string cause)
    {
        await using var emr = await FhirStandIn.Start();
        emr.Put(FhirVisits.Patient);
        emr.Put(FhirVisits.Visit("a1"));
        await using var server = await Waiting(emr, status);
        using var folder = new TempFolder();
        using var process = new ServerProcess(folder, server.Database);
        Set(process, emr);
        var killed = new TaskCompletionSource();
        emr.Changed = async _ =>
        {
            await process.Kill();
            killed.TrySetResult();
        };

        await process.Start();
        await killed.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        (await Row(server)).State.ShouldBe(WriteBackState.Pending);
        emr.Changed = null;
        await process.Start();

        var row = await server.Until(_ => Row(server), row => row.State != WriteBackState.Pending);
        (row.State, row.Cause).ShouldBe((WriteBackState.Done, cause));
        emr.Writes.Count().ShouldBe(1);
    }

    /// <summary>A visit whose answer waits for the EMR, on the disk of a server that was stopped.</summary>
    private static async Task<TestServer> Waiting(FhirStandIn emr, PatientStatus status)
    {
        var server = await FhirVisits.Start(emr.Base, new("Feeds:1:WriteBack:Fhir:BaseUrl", emr.Base), new("WriteBack:LookEvery", "01:00:00"));
        (await FhirVisits.Notify(server, emr.Now("Appointment/a1").ToJsonString())).ShouldBe(HttpStatusCode.OK);
        var visit = (await server.Until(db => db.Set<Appointment>().AsNoTracking().SingleOrDefaultAsync(), found => found is not null))!;
        await server.Send(new AnswerAppointment(visit.Id, status, "patient"));
        await server.Stop();
        return server;
    }

    private static void Set(ServerProcess process, FhirStandIn emr)
    {
        process.Set("Feeds__1__Name", "emr");
        process.Set("Feeds__1__Mapping", "mappings/generic");
        process.Set("Feeds__1__Fhir__BaseUrl", emr.Base);
        process.Set("Feeds__1__Fhir__Subscription__Secret", FhirVisits.Secret);
        process.Set("Feeds__1__WriteBack__Fhir__BaseUrl", emr.Base);
        process.Set("WriteBack__LookEvery", "00:00:00.200");
        process.Set("WriteBack__Lease", "00:00:03");
    }

    private static Task<PendingWriteBack> Row(TestServer server) => server.Read(db => db.Set<PendingWriteBack>().AsNoTracking().SingleAsync());
}
