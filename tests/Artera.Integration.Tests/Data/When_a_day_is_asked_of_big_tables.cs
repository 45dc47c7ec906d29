using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Operations.Metrics;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.Tests.Harness;
using Artera.Integration.Tests.Web;
using Artera.Integration.Web.Api;
using Artera.Integration.Web.Tracing;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Data;

/// <summary>The questions that staff asks all day: none of them reads a big table from end to end.</summary>
public sealed class When_a_day_is_asked_of_big_tables
{
    internal static readonly (string Asked, Func<IServiceProvider, IntegrationDb, long, Task> Ask)[] Questions =
    [
        ("the inbox", (services, _, _) => Ask(services, new ChannelList())),
        ("a practice's open channels", (services, _, at) => Ask(services, new ChannelList { PracticeId = at, Open = true })),
        ("channels that need a person", (services, _, _) => Ask(services, new ChannelList { NeedsAction = true })),
        ("a practice's channels that need a person", (services, _, at) => Ask(services, new ChannelList { PracticeId = at, Open = true, NeedsAction = true })),
        ("how much waits", (services, db, _) => Backlog.Count(db, services.GetRequiredService<FeedBook>(), Instant.FromUtc(2026, 9, 1, 0, 0), CancellationToken.None)),
        ("a conversation", (services, _, at) => Ask(services, new ChannelConversation(at))),
        ("the facesheet's patient", (_, db, at) => PatientDetail.Read(db, at, CancellationToken.None)),
        ("the facesheet's visits", (_, db, at) => db.Set<Appointment>().Where(row => row.PatientId == at).OrderByDescending(row => row.StartsAt).Take(50).ReadRows(db, CancellationToken.None)),
        ("the facesheet's decisions", (services, _, at) => Ask(services, new DecisionsOf(at, Take: 500))),
        ("the facesheet's recalls", (_, db, at) => db.Set<Recall>().Where(row => row.PatientId == at).OrderByDescending(row => row.Id).Take(20).ToListAsync()),
        ("the facesheet's referrals", (_, db, at) => db.Set<Referral>().Where(row => row.PatientId == at).OrderByDescending(row => row.Id).Take(20).ToListAsync()),
        ("the trace of a visit", (services, _, at) => services.GetRequiredService<VisitTraces>().Of(at, CancellationToken.None)),
        ("the trace of a recall", (services, _, at) => services.GetRequiredService<OrderTraces>().OfRecall(at, CancellationToken.None)),
        ("the trace of a referral", (services, _, at) => services.GetRequiredService<OrderTraces>().OfReferral(at, CancellationToken.None)),
        ("the trace of a message", (services, _, at) => services.GetRequiredService<MessageTraces>().Of(at, CancellationToken.None)),
        ("the trace of a text", (services, _, at) => services.GetRequiredService<TextTraces>().Sent(at, CancellationToken.None)),
        ("messages by patient", (_, db, _) => Find(db, new() { PatientId = "x7" })),
        ("messages by appointment", (_, db, _) => Find(db, new() { AppointmentId = "x7" })),
        ("messages by control id", (_, db, _) => Find(db, new() { ControlId = "x7" })),
        ("messages by state", (_, db, _) => Find(db, new() { State = InboxState.Held })),
        ("messages by event and day", (_, db, _) => Find(db, new() { Event = "x7", From = Instant.FromUtc(2026, 9, 1, 0, 0), To = Instant.FromUtc(2026, 9, 2, 0, 0) })),
    ];

    private static readonly string[] SmallTables = ["Practice", "Line", "Resource", "EventType", "Holiday", "HealthSystem", "Trigger", "SettingsVersion", "FhirPoll", "FhirSubscription", "FhirGap", "FhirSilence"];

    /// <summary>What SQLite calls a scan and is none: from the one end of an index or of the table, as far as the first few rows; an index of few.</summary>
    private static readonly string[] FirstFew = ["SCAN p USING INDEX IX_PatientChannel_IsOpen_LastLineAt_Id", "INDEX IX_PatientChannel_NeedsAction", "ORDER BY \"i\".\"Id\" DESC\nLIMIT 1", "ORDER BY \"i\".\"Id\"\nLIMIT 1"];

    [Fact]
    public async Task PostgreSQL_takes_an_index()
    {
        await using var rooms = await Rooms.OpenOn(DatabaseProvider.PostgreSql);
        var tables = await Filled(rooms.Database);
        foreach (var (asked, ask) in Questions)
            (await tables.Scans(() => With(rooms.Services, (services, db) => ask(services, db, 7)))).ShouldBeEmpty(asked);
    }

    [Fact]
    public async Task SQLite_takes_an_index()
    {
        await using var clinic = new ClinicServer();
        await clinic.InitializeAsync();
        foreach (var (asked, ask) in Questions)
        {
            var plans = await QueryPlans.Of(clinic.Server.DatabaseFile, () => With(clinic.Server.Services, (services, db) => ask(services, db, 1)));
            plans.ShouldNotBeEmpty(asked);
            QueryPlans.Scans(plans, SmallTables).Where(scan => !Array.Exists(FirstFew, few => scan.Contains(few, StringComparison.Ordinal))).ShouldBeEmpty(asked);
        }
    }

    private static async Task<BigTables> Filled(TestDatabase database)
    {
        var tables = new BigTables(database);
        await tables.Fill("Patient", ("Emr", "'main'"), ("Sex", "'Female'"));
        await tables.Fill("PatientIdentifier", ("Emr", "'main'"));
        await tables.Fill("ContactPoint", ("Tag", "'Cell'"));
        await tables.Fill("Appointment", ("Emr", "'main'"), ("Feed", "'main'"), ("SystemStatus", "'Booked'"), ("PatientStatus", "'Unconfirmed'"));
        await tables.Fill("PlannedMessage", ("State", "'Sent'"), ("Module", "'Appointment'"));
        await tables.Fill("OutboundMessage", ("State", "'Sent'"), ("Delivery", "'Delivered'"), ("Medium", "'Sms'"), ("Reference", "'planned:' || i"));
        await tables.Fill("Attempt");
        await tables.Fill("OpenQuestion", ("State", "'Answered'"));
        await tables.Fill("InboundText", ("Understood", "true"));
        await tables.Fill("PendingWriteBack", ("State", "'Done'"), ("Status", "'Confirmed'"));
        await tables.Fill("Recall", ("Emr", "'main'"), ("Feed", "'main'"), ("Status", "'Active'"));
        await tables.Fill("Referral", ("Emr", "'main'"), ("Feed", "'main'"), ("Status", "'Active'"));
        await tables.Fill("PatientChannel", ("IsOpen", "i % 100 = 0"), ("NeedsAction", "i % 1000 = 0"));
        await tables.Fill("ChannelLine", ("ChannelId", "i / 10"), ("Kind", "'Inbound'"), ("Medium", "'Sms'"));
        await tables.Fill("InboxMessage", ("State", "CASE WHEN i % 500 = 0 THEN 'Held' ELSE 'Applied' END"), ("Feed", "'main'"), ("Event", "'SIU^S12'"), ("Cause", "NULL"));
        await tables.Fill("ApplicationAck", ("State", "'Taken'"), ("Code", "'AA'"));
        return tables;
    }

    private static async Task With(IServiceProvider all, Func<IServiceProvider, IntegrationDb, Task> work)
    {
        await using var scope = all.CreateAsyncScope();
        await work(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<IntegrationDb>());
    }

    private static async Task Ask<T>(IServiceProvider services, IQuery<T> query) => await services.GetRequiredService<ISender>().Send(query);

    private static async Task Find(IntegrationDb db, InboxFilter filter)
    {
        var ids = await new FindMessagesHandler(db).Handle(new FindMessages(filter, Before: null, 51), CancellationToken.None);
        await db.Set<InboxMessage>().RowsOf(ids, CancellationToken.None);
    }
}
