using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Data;

/// <summary>Where other nodes write too. SQLite has one writer at a time.</summary>
public sealed class When_two_change_the_same : IAsyncLifetime
{
    private static readonly Instant Start = Instant.FromUtc(2030, 11, 3, 15, 0);
    private readonly HeldUp heldUp = new();
    private TestServer server = null!;
    private Practice practice = null!;
    private int said;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartOn(DatabaseProvider.PostgreSql, services: services => services.ConfigureDatabase(options => options.AddInterceptors(heldUp)));
        var system = new HealthSystem { Name = "Test Health" };
        await server.Write(system);
        practice = new Practice { HealthSystemId = system.Id, Name = "Test Practice", TimeZone = "America/New_York" };
        await server.Write(practice);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    [Fact]
    public async Task The_answer_of_a_patient_and_the_move_of_the_visit_are_both_kept()
    {
        var patient = await Hear("P1");
        await Say(patient, AppointmentChange.Book, Start);
        var visit = await Visit();

        heldUp.Next("""UPDATE "Appointment" """);
        var answer = server.Send(new AnswerAppointment(visit.Id, PatientStatus.Confirmed, "patient"));
        await heldUp.Reached;
        await Say(patient, AppointmentChange.Reschedule, Start + Duration.FromDays(1));
        heldUp.Release();
        await answer;

        visit = await Visit();
        visit.StartsAt.ShouldBe(Start + Duration.FromDays(1));
        visit.PatientStatus.ShouldBe(PatientStatus.Confirmed);
    }

    [Fact]
    public async Task A_patient_whom_two_messages_bring_is_one_patient()
    {
        heldUp.Next("""INSERT INTO "PatientIdentifier" """);
        var first = Hear("P1");
        await heldUp.Reached;
        var second = await Hear("P1");
        heldUp.Release();

        (await first).ShouldBe(second);
    }

    [Fact]
    public async Task A_number_that_nobody_knows_and_two_hear_has_one_conversation()
    {
        var line = new Line { PracticeId = practice.Id, Number = "+12125550100", Name = "Desk" };
        await server.Write(line);
        var texts = new[] { Text("SM1"), Text("SM2") };
        await server.Write(texts);

        heldUp.Next("""INSERT INTO "PatientChannel" """);
        var first = server.Send(new RecordInbound(texts[0], line.Id, PatientId: null, Attention.NeedsAction));
        await heldUp.Reached;
        var second = await server.Send(new RecordInbound(texts[1], line.Id, PatientId: null, Attention.NeedsAction));
        heldUp.Release();

        (await first).Id.ShouldBe(second.Id);
        (await server.Read(db => db.Set<ChannelLine>().CountAsync(row => row.ChannelId == second.Id))).ShouldBe(2);
    }

    [Fact]
    public async Task Of_many_at_once_nobody_is_lost()
    {
        var patient = await Hear("P1");
        await Say(patient, AppointmentChange.Book, Start);

        await Task.WhenAll(Enumerable.Range(1, 12).Select(hours => Say(patient, AppointmentChange.Reschedule, Start + Duration.FromHours(hours))));

        (await Visit()).StartsAt.ShouldBe(Start + Duration.FromHours(12));
    }

    private async Task<long> Hear(string id) =>
        (await server.Send(new UpdatePatient("main", "US", new PatientFacts { Id = id }, MessageVersion.None))).Patient.Id;

    private Task Say(long patient, AppointmentChange change, Instant start) => server.Send(new RecordAppointment(
        "main", "main", patient, practice.Id, change, new AppointmentFacts { Id = "V1", Start = new VisitStart(start) },
        new MessageVersion(Instant.FromUtc(2030, 10, 1, 0, 0) + Duration.FromMinutes(++said), "1"), null));

    private static InboundText Text(string id) =>
        new() { ProviderId = id, From = "+12125550177", To = "+12125550100", Body = "hello", ReceivedAt = Start, DueAt = Start + Duration.FromDays(1000) };

    private Task<Appointment> Visit() => server.Read(db => db.Set<Appointment>().AsNoTracking().SingleAsync());
}
