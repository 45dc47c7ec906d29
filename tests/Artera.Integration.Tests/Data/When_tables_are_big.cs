using Artera.Integration.Appointments;
using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Pacing;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Patients;
using Artera.Integration.Replies;
using Artera.Integration.Tests.Harness;
using Artera.Integration.WriteBack;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Data;

/// <summary>What PostgreSQL means to do; SQLite's plans are looked at where the queries are.</summary>
public sealed class When_tables_are_big : IAsyncLifetime
{
    private Rooms rooms = null!;
    private BigTables tables = null!;

    private Instant Now => rooms.Clock.Now();

    public async ValueTask InitializeAsync()
    {
        rooms = await Rooms.OpenOn(DatabaseProvider.PostgreSql, "2036-10-26T14:00:00Z");
        tables = new BigTables(rooms.Database);
    }

    public async ValueTask DisposeAsync()
    {
        if (rooms is not null)
            await rooms.DisposeAsync();
    }

    [Fact]
    public async Task A_query_that_reads_everything_is_noticed()
    {
        await tables.Fill("InboxMessage", ("State", "'Applied'"));

        (await tables.Scans(() => rooms.Read(db => db.Set<InboxMessage>().Where(row => row.Note == "odd").ToListAsync()))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Planned_messages_that_are_due_are_claimed_by_index()
    {
        await tables.Fill("PlannedMessage", ("State", Mostly("Sent", "Planned")), ("Module", "'Appointment'"), Free);

        (await Claim<PlannedMessage>(row => row.State == PlanState.Planned && row.Module == TriggerModule.Appointment)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Messages_that_wait_to_leave_are_claimed_by_index()
    {
        await tables.Fill("OutboundMessage", ("State", Mostly("Sent", "Queued")), ("Medium", "'Sms'"), ("LineId", "i % 40"), ("Priority", $"{(int)Priority.Reminder}"), Free);

        (await tables.Scans(() => With(services => services.GetRequiredService<PacedClaims>().Take(Medium.Sms, 50, CancellationToken.None)))).ShouldBeEmpty();
        (await Claim<OutboundMessage>(row => row.State == OutboundState.Sending && row.Medium == Medium.Sms)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_campaign_is_previewed_and_reported_by_index()
    {
        await tables.Fill("PlannedMessage", ("TriggerId", "1 + i % 300"), ("Module", "'Campaign'"), ("State", Mostly("Sent", "Planned")), ("OutboundMessageId", "i"), Free);
        await tables.Fill("OutboundMessage", ("State", "'Sent'"), ("Medium", "'Sms'"), ("Delivery", "'Delivered'"), ("LineId", "i % 40"), ("Priority", $"{(int)Priority.Bulk}"), Free);
        await tables.Fill("InboundText", ("Understood", "true"), Free);
        await tables.Fill("OptOut", ("LineId", "i % 40"));
        await tables.Fill("ListedPatient", ("CampaignId", "1 + i % 300"), ("Problem", "CASE WHEN i % 50 = 0 THEN 'unknown-identifier' END"));
        await rooms.Read(db => db.Database.ExecuteSqlRawAsync("""
            SET session_replication_role = replica;
            INSERT INTO "Campaign" ("TriggerId", "PracticeId", "Name", "State", "Pace", "CreatedAt", "After", "AllPlanned", "DueAt") VALUES (7, 1, 'Flu', 'Running', '{{}}', now(), 0, true, now());
            """));

        (await tables.Scans(() => With(services => services.GetRequiredService<IMediator>().Send(new CampaignReport(1)).AsTask()))).ShouldBeEmpty();
        (await tables.Scans(() => rooms.Read(db => db.Set<ListedPatient>().Where(row => row.CampaignId == 7 && row.Row > 500 && row.PatientId != null).OrderBy(row => row.Row).Take(1000).ToListAsync()))).ShouldBeEmpty();
        (await tables.Scans(() => rooms.Read(db => db.Set<ListedPatient>().Where(row => row.CampaignId == 7 && row.Problem != null).GroupBy(row => row.Problem!).Select(group => new { group.Key, Count = group.Count() }).ToListAsync()))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Calls_under_way_are_counted_by_index()
    {
        await tables.Fill("OutboundMessage", ("State", "'Sent'"), ("Medium", "CASE WHEN i % 500 = 0 THEN 'Voice' ELSE 'Sms' END"), ("Delivery", "'Delivered'"), ("LineId", "i % 40"));

        (await tables.Scans(() => rooms.Read(db => db.CallsUnderWay(7, Now, CancellationToken.None)))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Texts_that_wait_to_be_read_are_claimed_by_index()
    {
        await tables.Fill("InboundText", ("Understood", "i % 1500 > 0"), Free);

        (await tables.Scans(() => With(services => services.GetRequiredService<ReadRepliesJob>().Execute(null!, CancellationToken.None).AsTask()))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_that_wait_for_the_EMR_are_found_by_index()
    {
        await tables.Fill("PendingWriteBack", ("State", Mostly("Done", "Pending")));

        (await tables.Scans(() => rooms.Read(db => db.Set<PendingWriteBack>().DueFor(db, Now).OrderBy(row => row.Id).Take(1).ToListAsync()))).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_next_messages_of_the_inbox_and_any_that_are_looked_for_are_found_by_index()
    {
        await tables.Fill("InboxMessage", ("State", Mostly("Applied", "Received")), ("Feed", "'main'"));

        (await tables.Scans(() => With(async services =>
        {
            await services.GetRequiredService<InboxQueue>().Look(CancellationToken.None);
            await services.GetRequiredService<InboxQueue>().Next([7, 9], 64, CancellationToken.None);
        }))).ShouldBeEmpty();
        (await tables.Scans(() => rooms.Read(db => db.Set<InboxMessage>().AboutPatient("x7").OrderByDescending(row => row.Id).Take(50).ToListAsync()))).ShouldBeEmpty();
        (await tables.Scans(() => rooms.Read(db => db.Set<InboxMessage>().AboutAppointment("x7").OrderByDescending(row => row.Id).Take(50).ToListAsync()))).ShouldBeEmpty();
        (await tables.Scans(() => rooms.Read(db => db.Set<InboxMessage>().Where(row => row.Feed == "main").WithControlId("x7").ToListAsync()))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Patients_and_visits_are_found_by_index()
    {
        await tables.Fill("Patient");
        await tables.Fill("PatientIdentifier", ("Emr", "'main'"));
        await tables.Fill("ContactPoint");
        await tables.Fill("Appointment", ("Emr", "'main'"));

        (await tables.Scans(() => rooms.Read(db => db.FindPatient("main", "x7", CancellationToken.None).AsTask()))).ShouldBeEmpty();
        (await tables.Scans(() => rooms.Read(db => db.Set<Appointment>().FirstOrDefaultAsync(row => row.Emr == "main" && row.ExternalId == "x7")))).ShouldBeEmpty();
        (await tables.Scans(() => rooms.Read(db => db.Set<Appointment>().Where(row => row.PatientId == 7).OrderBy(row => row.StartsAt).ToListAsync()))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_conversation_is_read_by_index()
    {
        await tables.Fill("ChannelLine", ("ChannelId", "i / 10"), ("Kind", "'Inbound'"));
        await tables.Fill("PatientChannel");

        (await tables.Scans(() => With(services => services.GetRequiredService<ISender>().Send(new ChannelConversation(7)).AsTask()))).ShouldBeEmpty();
    }

    private static (string Column, string Value) Free => ("ClaimedUntil", "NULL");

    private static string Mostly(string usual, string seldom) => $"CASE WHEN i % 100 = 0 THEN '{seldom}' ELSE '{usual}' END";

    private Task<IReadOnlyList<string>> Claim<T>(System.Linq.Expressions.Expression<Func<T, bool>> waiting)
        where T : DueRow => tables.Scans(() => With(services => services.GetRequiredService<IntegrationDb>().ClaimDue(
            services.GetRequiredService<IntegrationDb>().Set<T>().Where(waiting), Now, 100, Duration.FromMinutes(1), services.GetRequiredService<WriteGate>(), CancellationToken.None)));

    private async Task With(Func<IServiceProvider, Task> work)
    {
        await using var scope = rooms.Services.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }
}
