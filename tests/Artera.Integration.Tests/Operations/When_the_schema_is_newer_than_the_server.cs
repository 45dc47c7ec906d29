using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Inbound;
using Artera.Integration.Tests.Chaos;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Artera.Integration.Tests.Operations;

/// <summary>Nodes are upgraded one after the other: while some are old, the schema is already that of the new version.</summary>
public sealed class When_the_schema_is_newer_than_the_server
{
    private const string Additions = """
        ALTER TABLE "InboxMessage" ADD "AddedLater" INTEGER DEFAULT 7 NOT NULL;
        ALTER TABLE "Patient" ADD "AddedLater" VARCHAR(20);
        CREATE TABLE "AddedLater" ("Id" INTEGER PRIMARY KEY);
        INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29990101000000_AddedLater', '99.0.0');
        """;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task One_that_only_adds_does_not_stop_an_old_server_nor_keep_it_from_starting(DatabaseProvider on)
    {
        using var folder = new TempFolder();
        await using var database = await TestDatabase.Create(on, folder.Path);
        using var node = new ServerProcess(folder, database);
        await node.Start();
        await Say(node, "C1");

        await Execute(database, Additions);
        await Say(node, "C2");
        await node.Kill();
        await node.Start();
        await Say(node, "C3");

        (await Count(database, """SELECT COUNT(*) FROM "InboxMessage" WHERE "AddedLater" = 7""")).ShouldBe(3);
    }

    /// <summary>The other node stands for the new version: it takes the schema on, and both go on under load and are restarted one after the other.</summary>
    [Fact]
    public async Task Nodes_take_it_on_one_after_the_other_under_load_and_nothing_is_lost()
    {
        using var folder = new TempFolder();
        await using var database = await TestDatabase.Create(DatabaseProvider.PostgreSql, folder.Path);
        await using var db = database.Open();
        await Cell.SetUp(db);
        using var old = new ServerProcess(folder, database);
        using var other = new ServerProcess(folder, database);
        await using var toOld = new Wire(old.MllpPort);
        await using var toOther = new Wire(other.MllpPort);
        await Task.WhenAll(old.Start(), other.Start());
        using var enough = new CancellationTokenSource();
        Book[] books = [.. Enumerable.Range(0, 3).Select(queue => new Book(queue, new Dice(queue)))];
        InterfaceEngine[] engines = [.. books.Select((_, queue) => new InterfaceEngine([toOld, toOther], new Dice(queue)))];
        var load = Task.WhenAll(books.Zip(engines, (book, engine) => Task.Run(() => Talk(book, engine, enough.Token), TestContext.Current.CancellationToken)));
        await More(10);

        await ExecuteUnderLoad(database, Additions);
        await More(10);
        foreach (var node in new[] { other, old })
        {
            (await node.Stop()).ShouldBe(0);
            await More(10);
            await node.Start();
            await More(10);
        }

        await enough.CancelAsync();
        await load;
        string[] said = [.. engines.SelectMany(engine => engine.Acknowledged).Order(StringComparer.Ordinal)];
        await Until(async () => !await db.Set<InboxMessage>().AnyAsync(message => message.State != InboxState.Applied && message.State != InboxState.Stale));
        (await db.Set<InboxMessage>().Select(message => message.ControlId).ToListAsync()).Order(StringComparer.Ordinal).ShouldBe(said);
        (await db.Set<Appointment>().CountAsync()).ShouldBe(books.Sum(book => book.Visits.Count()));

        Task More(int messages)
        {
            var had = engines.Sum(engine => engine.Acknowledged.Count);
            return Until(() => Task.FromResult(engines.Sum(engine => engine.Acknowledged.Count) >= had + messages));
        }
    }

    [Fact]
    public async Task One_that_takes_away_what_it_needs_keeps_it_from_starting()
    {
        using var folder = new TempFolder();
        await using var database = await TestDatabase.Create(DatabaseProvider.PostgreSql, folder.Path);
        await Execute(database, Additions + """UPDATE "SchemaFloor" SET "Generation" = 999""");
        using var node = new ServerProcess(folder, database);

        (await Should.ThrowAsync<InvalidOperationException>(node.Start)).Message.ShouldBe("the server ended with 1");
    }

    private static async Task Talk(Book book, InterfaceEngine engine, CancellationToken enough)
    {
        await using (engine)
        {
            while (!enough.IsCancellationRequested)
            {
                var (id, message) = book.Next();
                await engine.Send(id, message, CancellationToken.None);
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private static async Task Until(Func<Task<bool>> satisfied)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (!await satisfied())
            await Task.Delay(50, patience.Token);
    }

    private static async Task Say(ServerProcess node, string controlId)
    {
        await using var emr = await MllpPeer.Connect(node.MllpPort);
        Samples.Code(await emr.Ask(Samples.Siu(controlId))).ShouldBe("AA");
    }

    /// <summary>As an administrator does: the migration and a node may wait for each other, and one of them has to begin again.</summary>
    private static async Task ExecuteUnderLoad(TestDatabase database, string sql)
    {
        for (var executed = false; !executed;)
        {
            try
            {
                await Execute(database, sql);
                executed = true;
            }
            catch (PostgresException lost) when (lost.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
                // Nothing of it was done.
            }
        }
    }

    private static async Task Execute(TestDatabase database, string sql)
    {
        await using var connection = await database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> Count(TestDatabase database, string sql)
    {
        await using var connection = await database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
