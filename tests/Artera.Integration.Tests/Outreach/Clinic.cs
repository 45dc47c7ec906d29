using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Sandbox;
using Artera.Integration.Enterprise;
using Artera.Integration.Mapping;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.Tests.Harness;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Outreach;

/// <summary>A practice in New York with one line, one location and the ten starting rules, and what an EMR and a patient do there.</summary>
internal sealed class Clinic : IAsyncDisposable
{
    private readonly Rooms rooms;
    private int messages;

    private Clinic(Rooms rooms) => this.rooms = rooms;

    public long PracticeId { get; private set; }

    public long LineId { get; private set; }

    public string DatabaseFile => rooms.DatabaseFile;

    public Instant Now => rooms.Clock.Now();

    public IServiceProvider Services => rooms.Services;

    public static Task<Clinic> Open(string now, params KeyValuePair<string, string?>[] settings) => OpenOn(TestDatabase.Usual, now, settings);

    public static async Task<Clinic> OpenOn(DatabaseProvider on, string now, params KeyValuePair<string, string?>[] settings)
    {
        var clinic = new Clinic(await Rooms.OpenOn(on, Given.At(now).ToString(), settings));
        await clinic.SetUp();
        return clinic;
    }

    public async Task<long> Patient(string id, string? cell = "+12025550101", Func<PatientFacts, PatientFacts>? with = null)
    {
        var facts = new PatientFacts { Id = id, Given = "ANA", Family = "LOPEZ", Cell = cell is null ? Stated<string>.Nothing : cell };
        var result = await rooms.Send(new UpdatePatient("main", "US", with?.Invoke(facts) ?? facts, Version()));
        return result.Patient.Id;
    }

    public async Task<Appointment> Says(long patient, AppointmentChange change, string? start = null, Func<AppointmentFacts, AppointmentFacts>? with = null, string id = "V1")
    {
        var facts = new AppointmentFacts { Id = id, Location = new Coded("L1"), Start = start is null ? Stated<VisitStart>.Nothing : new VisitStart(Given.At(start)) };
        await rooms.Send(new RecordAppointment("main", "main", patient, PracticeId, change, with?.Invoke(facts) ?? facts, Version(), null));
        return await rooms.Read(db => db.Set<Appointment>().AsNoTracking().SingleAsync(row => row.ExternalId == id));
    }

    public Task<Appointment> Books(long patient, string start, string id = "V1") => Says(patient, AppointmentChange.Book, start, id: id);

    public ValueTask Answers(Appointment appointment, PatientStatus status) =>
        new(rooms.Send(new AnswerAppointment(appointment.Id, status, "patient")));

    /// <summary>A rule is saved as the API saves it, and what it touches is planned again.</summary>
    public async Task<Edited> Saves(TriggerEntry entry, bool own = false)
    {
        var edited = await rooms.Send(new SaveTrigger(1, own ? PracticeId : null, entry, "loopback"));
        await PlanAgain();
        return edited;
    }

    /// <summary>The practice starts, pauses or restricts a default, and what that touches is planned again.</summary>
    public async Task<Edited> Chooses(string name, ChoiceEntry entry)
    {
        var edited = await rooms.Send(new ChooseTrigger(await TriggerId(name), PracticeId, entry, "loopback"));
        await PlanAgain();
        return edited;
    }

    public Task<long> TriggerId(string name) => rooms.Read(db => db.Set<Trigger>().Where(row => row.Name == name && row.PracticeId == null).Select(row => row.Id).SingleAsync());

    public async Task PlanAgain()
    {
        await using var scope = rooms.Services.CreateAsyncScope();
        await new PlanAgainJob(
            scope.ServiceProvider.GetRequiredService<IServiceScopeFactory>(), scope.ServiceProvider.GetRequiredService<WriteGate>(), rooms.Clock).Execute(null!, CancellationToken.None);
    }

    public Task<T> Send<T>(IRequest<T> command) => rooms.Send(command);

    public async Task<T> Ask<T>(IQuery<T> query)
    {
        await using var scope = rooms.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(query);
    }

    /// <summary>A command twice in one transaction.</summary>
    public async Task Twice(Func<Appointment, IRequest<Unit>> command)
    {
        await using var scope = rooms.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var visit = await db.Set<Appointment>().SingleAsync();
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(command(visit));
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(command(visit));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>The provider says that a message will not arrive.</summary>
    public async Task Fails(OutboundMessage message, bool notMobile)
    {
        await using var scope = rooms.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        var row = await db.Set<OutboundMessage>().SingleAsync(outbound => outbound.Id == message.Id);
        (row.State, row.FailureCode) = (OutboundState.Failed, notMobile ? "21614" : "30008");
        await scope.ServiceProvider.GetRequiredService<IPublisher>().Publish(new MessageFailed(row, OptedOut: false, notMobile));
        await db.SaveChangesAsync();
    }

    public Task<T> Read<T>(Func<IntegrationDb, Task<T>> read) => rooms.Read(read);

    /// <summary>Turns the clock as far as that; the job looks whenever something is due.</summary>
    public async Task Until(string local)
    {
        var end = Given.At(local);
        while (await NextDue() is { } due && due <= end)
        {
            Turn(due);
            await Look();
        }

        Turn(end);
        await Look();
    }

    /// <summary>Turns the clock while nobody looks.</summary>
    public void Sleep(string local) => Turn(Given.At(local));

    public async Task<int> Look()
    {
        var due = rooms.Services.GetRequiredService<DueMessages>();
        return await due.Send(TriggerModule.Appointment, CancellationToken.None)
            + await due.Send(TriggerModule.Recall, CancellationToken.None)
            + await due.Send(TriggerModule.Referral, CancellationToken.None);
    }

    /// <summary>What is queued goes to the sandbox phone, or does not.</summary>
    public async Task Leave()
    {
        await using var scope = rooms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendMessagesJob>().Execute(null!, CancellationToken.None);
    }

    /// <summary>What the patients can read on their phones.</summary>
    public Task<List<SandboxText>> Arrived() => rooms.Read(db => db.Set<SandboxText>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    /// <summary>A provider that was reached and had no time: the message goes again later.</summary>
    public async Task IsPutOff(OutboundMessage message)
    {
        var claim = Guid.NewGuid();
        await rooms.Read(db => db.Set<OutboundMessage>().Where(row => row.Id == message.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Claim, (Guid?)claim)));
        (await rooms.Send(new BeginSends([message.Id], claim))).ShouldHaveSingleItem();
        await rooms.Send(new SettleSends([new Came(message.Id, 1, new SendOutcome.TryAgain("503"))]));
    }

    public Task Recalls(long patient, OrderChange change = OrderChange.Active, Func<RecallChanged, RecallChanged>? with = null)
    {
        var recall = new RecallChanged { Patient = new PatientFacts { Id = "-" }, Change = change, Id = "R1", Location = new Coded("L1") };
        return rooms.Send(new RecordRecall("main", "main", patient, PracticeId, with?.Invoke(recall) ?? recall, Version(), null));
    }

    public Task Refers(long patient, OrderChange change = OrderChange.Active, Func<ReferralChanged, ReferralChanged>? with = null)
    {
        var referral = new ReferralChanged { Patient = new PatientFacts { Id = "-" }, Change = change, Id = "F1", Location = new Coded("L1") };
        return rooms.Send(new RecordReferral("main", "main", patient, PracticeId, with?.Invoke(referral) ?? referral, Version(), null));
    }

    /// <summary><c>name | state | reason</c> of everything planned for a patient, in the order of the rules.</summary>
    public async Task<string[]> Decisions(long patient) =>
        [.. (await Ask(new DecisionsOf(PatientId: patient))).OrderBy(row => row.Id).Select(row => $"{row.Trigger} | {row.State}{(row.Reason is null ? "" : $" | {row.Reason}")}")];

    /// <summary><c>name | state | local due | reason</c>, in the order of the rules.</summary>
    public async Task<string[]> Ledger(string id = "V1")
    {
        var rows = await rooms.Read(db => (
            from row in db.Set<PlannedMessage>()
            join trigger in db.Set<Trigger>() on row.TriggerId equals trigger.Id
            join appointment in db.Set<Appointment>() on row.SubjectId equals appointment.Id
            where appointment.ExternalId == id
            orderby row.TriggerId, row.Anchor
            select new { trigger.Name, row.State, row.DueAt, row.Reason }).ToListAsync());
        return [.. rows.Select(row => string.Join(" | ", new[] { row.Name, row.State.ToString(), Given.Local(row.DueAt), row.Reason }.Where(part => part is not null)))];
    }

    public Task<List<OutboundMessage>> Outbox() => rooms.Read(db => db.Set<OutboundMessage>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    public Task<List<OpenQuestion>> Questions() => rooms.Read(db => db.Set<OpenQuestion>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    public Task Change<T>(Func<T, bool> which, Action<T> change)
        where T : class => rooms.Read(async db =>
    {
        foreach (var row in (await db.Set<T>().ToListAsync()).Where(which))
            change(row);
        await db.SaveChangesAsync();
        return true;
    });

    public async Task Add(params object[] rows)
    {
        await rooms.Write(rows);
    }

    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    private MessageVersion Version() => new(Now, (++messages).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private void Turn(Instant to) => rooms.Clock.Advance((to > Now ? to - Now : Duration.Zero).ToTimeSpan());

    private Task<Instant?> NextDue() => rooms.Read(db =>
        db.Set<PlannedMessage>().Where(row => row.State == PlanState.Planned).MinAsync(row => (Instant?)row.DueAt));

    private async Task SetUp()
    {
        var system = new HealthSystem { Name = "Test Health" };
        await rooms.Write(system);
        var practice = new Practice { HealthSystemId = system.Id, Name = "Maple Clinic", TimeZone = "America/New_York" };
        await rooms.Write(practice);
        var line = new Line { PracticeId = practice.Id, Number = "+12025550190", Name = "Front desk" };
        await rooms.Write(line);
        await rooms.Write(new Resource { Emr = "main", Kind = ResourceKind.Location, ExternalId = "L1", Name = "Maple Street", PracticeId = practice.Id, LineId = line.Id });
        await rooms.Read(async db =>
        {
            await StartingTriggers.AddMissing(db, system.Id, CancellationToken.None);
            return await db.SaveChangesAsync();
        });
        (PracticeId, LineId) = (practice.Id, line.Id);
    }
}
