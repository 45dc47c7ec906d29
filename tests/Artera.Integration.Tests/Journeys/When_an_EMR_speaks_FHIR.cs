using System.Net.Http.Json;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery.Sandbox;
using Artera.Integration.Demo.Fhir;
using Artera.Integration.Inbound;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Inbound;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Artera.Integration.Tests.Journeys;

/// <summary>Booked in the EMR, told of by its server, fetched, texted, answered, changed in the EMR: over real HTTP, and without any HL7.</summary>
public sealed class When_an_EMR_speaks_FHIR
{
    private const string Cell = "+12175550141";
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 9, 17, 0, 0, TimeSpan.Zero));

    [Theory, OnEveryDatabase]
    public async Task A_visit_that_a_patient_confirms_is_accepted_in_the_EMR(DatabaseProvider on)
    {
        await using var emr = await Emr();
        await using var server = await FhirVisits.StartAlone(on, emr, clock);
        await Book(emr, server);

        await Asked(server);
        await Answer(server, "Y");

        var written = await Written(server);
        (written.State, written.Status).ShouldBe((WriteBackState.Done, PatientStatus.Confirmed));
        Part(emr, 0).ShouldBe("accepted");
        emr.Writes.ShouldHaveSingleItem().Method.ShouldBe("PATCH");
        // The server tells of our own change too; it is the second version, and no news.
        await server.Until(db => db.Set<InboxMessage>().CountAsync(row => row.Event == "Appointment/booked" && row.State == InboxState.Applied), versions => versions == 2);
        (await Visit(server)).PatientStatus.ShouldBe(PatientStatus.Confirmed);
        (await server.Read(db => db.Set<PendingWriteBack>().CountAsync())).ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task A_visit_that_a_patient_cancels_is_cancelled_in_the_EMR(DatabaseProvider on)
    {
        await using var emr = await Emr();
        await using var server = await FhirVisits.StartAlone(on, emr, clock);
        await Book(emr, server, "application/fhir+json");

        await Asked(server);
        await Answer(server, "no");

        (await Written(server)).State.ShouldBe(WriteBackState.Done);
        var now = emr.Now("Appointment/a1");
        now["status"]!.GetValue<string>().ShouldBe("cancelled");
        now["cancelationReason"]!["coding"]![0]!["code"]!.GetValue<string>().ShouldBe("pat-crs");
        await server.Until(Visits, visits => visits.Single().SystemStatus == EmrStatus.Cancelled);
        // But for what acknowledges the cancellation, which is on its way.
        await server.Until(db => db.Set<PlannedMessage>().CountAsync(row => row.State == PlanState.Planned), left => left == 0);
    }

    [Fact]
    public async Task Notifications_that_say_nothing_and_come_within_a_second_are_each_looked_into()
    {
        await using var emr = await Emr();
        await using var server = await FhirVisits.StartAlone(TestDatabase.Usual, emr, clock);
        FhirVisits.Subscribe(emr, server);

        foreach (var id in (string[])["a1", "a2", "a3"])
        {
            emr.Put(FhirVisits.Visit(id, start: clock.GetUtcNow().AddDays(5)));
            await emr.Tell($"Appointment/{id}", TestContext.Current.CancellationToken);
            await server.Until(Visits, visits => visits.Exists(visit => visit.ExternalId == id));
        }

        emr.Lost.ShouldBe(0);
        (await server.Read(db => db.Set<InboxMessage>().CountAsync(row => row.Event == "Notification/event" && row.Resends == 0))).ShouldBe(3);
    }

    private async Task<FhirStandIn> Emr()
    {
        var emr = await FhirStandIn.Start(clock: clock);
        emr.Put(FhirVisits.Patient);
        emr.Changed = reference => emr.Tell(reference);
        return emr;
    }

    private async Task Book(FhirStandIn emr, TestServer server, string payload = "")
    {
        FhirVisits.Subscribe(emr, server, payload);
        emr.Put(FhirVisits.Visit("a1", start: clock.GetUtcNow().AddDays(5)));
        await emr.Tell("Appointment/a1", TestContext.Current.CancellationToken);
        await server.Until(Texts, texts => texts.Count == 1);
    }

    /// <summary>Days pass, until the patient is asked.</summary>
    private async Task Asked(TestServer server)
    {
        var due = await server.Read(db => db.Set<PlannedMessage>().Where(row => row.State == PlanState.Planned).Select(row => row.DueAt).ToListAsync());
        clock.Advance((due.Min() - clock.Now()).ToTimeSpan());
        await server.Until(Texts, texts => texts.Count == 2);
    }

    private static async Task Answer(TestServer server, string text)
    {
        using var phone = new HttpClient { BaseAddress = server.Http };
        using var response = await phone.PostAsJsonAsync("sandbox/api/answer", new { From = Cell, To = "+12175550100", Body = text }, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<PendingWriteBack> Written(TestServer server) =>
        (await server.Until(db => db.Set<PendingWriteBack>().AsNoTracking().SingleOrDefaultAsync(), row => row is { State: not WriteBackState.Pending }))!;

    private static string Part(FhirStandIn emr, int index) => emr.Now("Appointment/a1")["participant"]![index]!["status"]!.GetValue<string>();

    private static Task<List<Appointment>> Visits(IntegrationDb db) => db.Set<Appointment>().AsNoTracking().ToListAsync();

    private static async Task<Appointment> Visit(TestServer server) => (await server.Read(Visits)).Single();

    private static Task<List<SandboxText>> Texts(IntegrationDb db) => db.Set<SandboxText>().AsNoTracking().ToListAsync();
}
