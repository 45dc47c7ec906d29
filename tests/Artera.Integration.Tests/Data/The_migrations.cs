using Artera.Integration.Data;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Artera.Integration.Tests.Data;

public sealed class The_migrations
{
    public static TheoryData<string> Databases => [nameof(SqliteDb), nameof(PostgreSqlDb), nameof(SqlServerDb)];

    [Theory, MemberData(nameof(Databases))]
    public async Task Say_what_the_model_says(string database)
    {
        await using IntegrationDb db = database switch
        {
            nameof(PostgreSqlDb) => ((IDesignTimeDbContextFactory<PostgreSqlDb>)new DesignTimeDb()).CreateDbContext([]),
            nameof(SqlServerDb) => ((IDesignTimeDbContextFactory<SqlServerDb>)new DesignTimeDb()).CreateDbContext([]),
            _ => ((IDesignTimeDbContextFactory<SqliteDb>)new DesignTimeDb()).CreateDbContext([]),
        };

        db.Database.HasPendingModelChanges().ShouldBeFalse("docs/databases.md says how a migration is added");
    }

    [Fact]
    public async Task Go_on_after_a_server_that_was_killed_in_the_middle()
    {
        await using var rooms = await Rooms.OpenOn(DatabaseProvider.Sqlite);
        await rooms.Read(db => db.Database.ExecuteSqlRawAsync("""
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00.0000000+00:00');
            """));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));

        await rooms.Services.MigrateDatabase(patience.Token);
    }

    [Fact]
    public async Task Are_applied_by_the_server_itself_to_the_embedded_database()
    {
        await using var rooms = await Rooms.Open();

        (await rooms.Read(db => db.Database.GetPendingMigrationsAsync())).ShouldBeEmpty();
    }
}
