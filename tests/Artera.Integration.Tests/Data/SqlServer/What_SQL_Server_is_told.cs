using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Data.Adding;
using Artera.Integration.Delivery;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Artera.Integration.Patients;
using Artera.Integration.Replies;
using Artera.Integration.Web.Api;
using Artera.Integration.WriteBack;
using Mediator;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Data.SqlServer;

public sealed class What_SQL_Server_is_told
{
    private static readonly Instant Now = Instant.FromUtc(2026, 10, 26, 14, 0);

    [Fact]
    public async Task The_script_parses_and_makes_a_database_that_is_sound()
    {
        await using var db = SqlServerModel.Offline();
        var script = db.MigrationScript();
        script.ShouldContain("ALLOW_SNAPSHOT_ISOLATION");
        using var model = new SqlServerModel();
        model.Define(script);

        model.Problems().ShouldBeEmpty();
        model.Tables.ShouldContain(nameof(InboxMessage));
        model.Tables.ShouldContain("QRTZ_TRIGGERS");
        db.Model.GetEntityTypes().Select(entity => entity.GetTableName()).OfType<string>().Except(model.Tables).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_does_not_fit_the_tables_is_noticed()
    {
        await using var db = SqlServerModel.Offline();
        using var model = new SqlServerModel();
        model.Define(db.MigrationScript());
        model.Bind("""SELECT "Nothing" FROM "InboxMessage" WHERE "Feed" = @feed""", "@feed nvarchar(200)");

        model.Problems().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Every_hot_statement_fits_the_tables()
    {
        await using var statements = new Statements();
        await Claim<PlannedMessage>(statements, row => row.State == PlanState.Planned && row.Module == TriggerModule.Appointment);
        await Claim<OutboundMessage>(statements, row => row.State == OutboundState.Queued && row.Priority == Priority.Reply);
        await Claim<InboundText>(statements, row => !row.Understood);
        await statements.Of(services => services.GetRequiredService<ReadRepliesJob>().Execute(null!, CancellationToken.None).AsTask());
        await statements.Of(services => services.GetRequiredService<InboxQueue>().Look(CancellationToken.None));
        statements.Finds(7);
        await statements.Of(services => CountWaiting.Waiting(Db(services), 40_000, CancellationToken.None));
        await statements.Of(services => Db(services).Database.SqlQueryRaw<int>(Db(services).HoldLanes!, "7,9").ToListAsync());
        await statements.Of(services => services.GetRequiredService<InboxQueue>().Next([7, 9], 64, CancellationToken.None));
        statements.Finds(7L);
        await statements.Of(services => services.GetRequiredService<InboxQueue>().Next([7, 9], 64, CancellationToken.None));
        await statements.Of(services => Db(services).FindPatient("main", "P1", CancellationToken.None).AsTask());
        await statements.Of(services => services.GetRequiredService<ISender>().Send(new ChannelList()).AsTask());
        await statements.Of(services => services.GetRequiredService<ISender>().Send(new ChannelConversation(1)).AsTask());
        await statements.Of(services => Db(services).WriteBackQueuesNow(CancellationToken.None));
        await Look(statements, db => db.Set<PendingWriteBack>().DueFor(db, Now).OrderBy(row => row.Id));
        await statements.Of(services => Db(services).OrderStatusQueuesNow(["main"], CancellationToken.None));
        await statements.Of(services => Db(services).OrdersInTheEmr(OrderKind.Recall, [1, 2], CancellationToken.None));
        await Look(statements, db => db.WaitingOrderStatuses(["main"]).OrderBy(row => row.DueAt));
        await Look(statements, db => db.OrderStatusesWithoutFeed(["main"], Now).OrderBy(row => row.Id));
        await Look(statements, db => db.OrderStatusesWithFeedAgain(["main"], ["main"]).OrderBy(row => row.Id));
        await Look(statements, db => db.Set<PendingOrderStatus>().OrderBy(row => row.Id).AsRows(db));
        await Look(statements, db => db.Set<InboxMessage>().WithControlId("1"));
        await Look(statements, db => db.Set<InboxMessage>().AboutPatient("P1").OrderByDescending(row => row.Id));
        await Look(statements, db => db.Set<InboxMessage>().AboutAppointment("V1").OrderByDescending(row => row.Id));
        foreach (var module in new[] { TriggerModule.Appointment, TriggerModule.Recall, TriggerModule.Referral })
        {
            statements.Finds(1L);
            await statements.Of(services => new WhatToPlan(Db(services), new Replanning { Module = module, StartedAt = Now, PracticeId = 1 }, Now).Next(200, CancellationToken.None));
        }

        foreach (var (_, ask) in When_a_day_is_asked_of_big_tables.Questions)
            await statements.Of(services => ask(services, Db(services), 7));
        Journal(statements);

        using var model = new SqlServerModel();
        await using (var db = SqlServerModel.Offline())
            model.Define(db.MigrationScript());
        foreach (var (statement, parameters) in statements.Said)
            model.Bind(statement, parameters);
        model.Problems().ShouldBeEmpty();
        statements.Said.Count(said => said.Statement.Contains("UPDATE", StringComparison.Ordinal)).ShouldBeGreaterThan(5);
    }

    private static IntegrationDb Db(IServiceProvider services) => services.GetRequiredService<IntegrationDb>();

    private static async Task Claim<T>(Statements statements, System.Linq.Expressions.Expression<Func<T, bool>> waiting)
        where T : DueRow
    {
        statements.Finds(1L, Now.ToDateTimeUtc());
        await statements.Of(services => Db(services).ClaimDue(
            Db(services).Set<T>().Where(waiting), Now, 100, Duration.FromMinutes(1), services.GetRequiredService<WriteGate>(), CancellationToken.None));
    }

    private static Task Look<T>(Statements statements, Func<IntegrationDb, IQueryable<T>> query)
        where T : class => statements.Of(services => query(Db(services)).Take(50).ToListAsync());

    private static void Journal(Statements statements)
    {
        using var connection = new SqlConnection();
        using var rows = new SqlServerNewRows<InboxMessage>(connection, JournalTable.Messages);
        statements.Add(rows.Insert);
        var sql = new JournalSql(connection);
        var message = new InboxMessage { Feed = "main", ReceivedAt = Now, Raw = [1], ControlId = "1", BodyHash = 1, Event = "", AckCode = "AA" };
        using (var find = sql.Find(message))
            statements.Add(find);
        using (var unnamed = sql.FindUnnamed(message, Now))
            statements.Add(unnamed);
        using (var resends = sql.CountResends(1, 1))
            statements.Add(resends);
        using (var readmit = sql.Readmit(1, message, 1))
            statements.Add(readmit);
        using (var undelivered = sql.Undelivered(message))
            statements.Add(undelivered);
    }
}
