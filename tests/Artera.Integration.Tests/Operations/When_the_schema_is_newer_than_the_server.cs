using Artera.Integration.Data;
using Artera.Integration.Tests.Harness;

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

    [Fact]
    public async Task One_that_takes_away_what_it_needs_keeps_it_from_starting()
    {
        using var folder = new TempFolder();
        await using var database = await TestDatabase.Create(DatabaseProvider.PostgreSql, folder.Path);
        await Execute(database, Additions + """UPDATE "SchemaFloor" SET "Generation" = 999""");
        using var node = new ServerProcess(folder, database);

        (await Should.ThrowAsync<InvalidOperationException>(node.Start)).Message.ShouldBe("the server ended with 1");
    }

    private static async Task Say(ServerProcess node, string controlId)
    {
        await using var emr = await MllpPeer.Connect(node.MllpPort);
        Samples.Code(await emr.Ask(Samples.Siu(controlId))).ShouldBe("AA");
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
