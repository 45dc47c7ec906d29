using System.Globalization;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Demo;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Patients;
using Artera.Integration.Tests.Harness;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Artera.Integration.Tests.WriteBack;

/// <summary>The server with one feed whose answers go to a simulated EMR, and visits that patients can answer about.</summary>
internal sealed class WriteBackStage : IAsyncDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 3, 15, 0);

    private long practice;
    private long patient;
    private int said;

    private WriteBackStage(EmrSimulator emr) => Emr = emr;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 10, 26, 14, 0, 0, TimeSpan.Zero));

    public EmrSimulator Emr { get; private set; }

    public TestServer Server { get; private set; } = null!;

    public static Task<WriteBackStage> Open(params KeyValuePair<string, string?>[] settings) => OpenOn(TestDatabase.Usual, settings);

    public static Task<WriteBackStage> OpenOn(DatabaseProvider on, params KeyValuePair<string, string?>[] settings)
    {
        var emr = EmrSimulator.Start();
        return OpenOn(on, emr,
        [
            new("Feeds:0:WriteBack:Mllp:Host", "127.0.0.1"),
            new("Feeds:0:WriteBack:Mllp:Port", emr.Port.ToString(CultureInfo.InvariantCulture)),
            new("Feeds:0:WriteBack:Mllp:AckTimeout", "00:00:00.400"),
            .. settings,
        ]);
    }

    /// <summary>Messages come in over MLLP, answers go back to a FHIR server.</summary>
    public static Task<WriteBackStage> OpenOver(string fhir, params KeyValuePair<string, string?>[] settings) => OpenOver(TestDatabase.Usual, fhir, settings);

    public static Task<WriteBackStage> OpenOver(DatabaseProvider on, string fhir, params KeyValuePair<string, string?>[] settings) =>
        OpenOn(on, EmrSimulator.Start(), [new("Feeds:0:WriteBack:Fhir:BaseUrl", fhir), .. settings]);

    private static async Task<WriteBackStage> OpenOn(DatabaseProvider on, EmrSimulator emr, KeyValuePair<string, string?>[] settings)
    {
        var stage = new WriteBackStage(emr);
        stage.Server = await TestServer.StartOn(on, stage.Clock, settings: [new("WriteBack:LookEvery", "00:00:00.020"), .. settings]);
        var system = new HealthSystem { Name = "Test Health" };
        await stage.Server.Write(system);
        var clinic = new Practice { HealthSystemId = system.Id, Name = "Test Practice", TimeZone = "America/New_York" };
        await stage.Server.Write(clinic);
        stage.practice = clinic.Id;
        stage.patient = (await stage.Server.Send(new UpdatePatient("main", "US", new PatientFacts { Id = "P1" }, MessageVersion.None))).Patient.Id;
        return stage;
    }

    /// <summary>The practice owns a location of the feed.</summary>
    public async Task Own(string location)
    {
        await Server.Write(new Resource { Emr = "main", Kind = ResourceKind.Location, ExternalId = location, Name = location, PracticeId = practice });
    }

    /// <summary>The EMR books a visit; gives our id of it.</summary>
    public async Task<long> Book(string id = "V1")
    {
        await Say(id, AppointmentChange.Book, new() { Id = id, Start = new VisitStart(Start), Location = new Coded("MAIN") });
        return await Server.Read(db => db.Set<Appointment>().Where(row => row.ExternalId == id).Select(row => row.Id).SingleAsync());
    }

    public Task Say(string id, AppointmentChange change, AppointmentFacts? facts = null)
    {
        var version = new MessageVersion(Clock.Now(), (++said).ToString(CultureInfo.InvariantCulture));
        return Server.Send(new RecordAppointment("main", "main", patient, practice, change, facts ?? new() { Id = id }, version, null));
    }

    public Task Answer(long appointment, PatientStatus status) => Server.Send(new AnswerAppointment(appointment, status, "patient"));

    /// <summary>The latest write-back of a visit, once it stands as expected.</summary>
    public Task<PendingWriteBack> Latest(long appointment, Func<PendingWriteBack, bool> satisfied) => Server.Until(
        db => db.Set<PendingWriteBack>().AsNoTracking().Where(row => row.AppointmentId == appointment).OrderBy(row => row.Id).LastAsync(),
        satisfied);

    public Task<PendingWriteBack> Latest(long appointment, WriteBackState state) => Latest(appointment, row => row.State == state);

    /// <summary>The latest write-back of a visit, once it stands so; the clock goes on meanwhile: a turn that was under way may have set a pause after the last jump.</summary>
    public Task<PendingWriteBack> Comes(long appointment, WriteBackState state) => Latest(appointment, row =>
    {
        if (row.State != state)
            Pass(Duration.FromMilliseconds(500));
        return row.State == state;
    });

    public Task<List<PendingWriteBack>> All(long appointment) => Server.Read(
        db => db.Set<PendingWriteBack>().AsNoTracking().Where(row => row.AppointmentId == appointment).OrderBy(row => row.Id).ToListAsync());

    public void Pass(Duration time) => Clock.Advance(time.ToTimeSpan());

    /// <summary>The EMR goes down, port and all.</summary>
    public async Task<int> EmrGoesDown()
    {
        var port = Emr.Port;
        await Emr.DisposeAsync();
        return port;
    }

    public void EmrComesUp(int port) => Emr = EmrSimulator.Start(port: port);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Emr.DisposeAsync();
    }
}
