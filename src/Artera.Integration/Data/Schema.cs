using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Artera.Integration.Data;

/// <summary>Making the tables, and the words that make them.</summary>
public static class Schema
{
    // Outside a transaction only; commands run in snapshots of the database.
    private const string AllowSnapshots = "ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;";

    /// <inheritdoc cref="Migrate"/>
    public static async Task MigrateDatabase(this IServiceProvider services, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IntegrationDb>().Migrate(cancellation);
    }

    /// <summary>Brings the schema up to date; of several processes that try, one does it and the others wait.</summary>
    public static async Task Migrate(this IntegrationDb db, CancellationToken cancellation)
    {
        var database = db.Database;
        if (database.IsSqlite() && Path.GetDirectoryName(new SqliteConnectionStringBuilder(database.GetConnectionString()).DataSource) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);

        if (database.IsSqlite())
            await ForgetDeadMigration(database, cancellation);
        await database.MigrateAsync(cancellation);
        if (database.IsSqlServer())
            await database.ExecuteSqlRawAsync(AllowSnapshots, cancellation);
        await MakeTimetable(db, cancellation);
    }

    /// <summary>
    /// The same for a database administrator to read and run. It does what the database lacks, however often it is run;
    /// only for SQLite, whose scripts cannot ask, it wants an empty database.
    /// </summary>
    public static string MigrationScript(this IntegrationDb db)
    {
        var options = db.Database.IsSqlite() ? MigrationsSqlGenerationOptions.Default : MigrationsSqlGenerationOptions.Idempotent;
        var script = db.GetService<IMigrator>().GenerateScript(options: options);
        return db.Database.IsSqlServer()
            ? $"SET ANSI_NULLS, QUOTED_IDENTIFIER ON;\nGO\n\n{script}\n{AllowSnapshots}\nGO\n\n{string.Join("\nGO\n\n", TimetableTables.For(db))}\nGO\n"
            : $"{script}\n{string.Join("\n\n", TimetableTables.For(db))}\n";
    }

    /// <summary>SQLite's migrations are locked by a row, which a process that was killed leaves behind for ever.</summary>
    private static async Task ForgetDeadMigration(DatabaseFacade database, CancellationToken cancellation)
    {
        if (!await database.CanConnectAsync(cancellation)
            || await database.SqlQueryRaw<int>("""SELECT COUNT(*) AS "Value" FROM sqlite_master WHERE name = '__EFMigrationsLock'""").SingleAsync(cancellation) == 0)
        {
            return;
        }

        await database.ExecuteSqlRawAsync("""DELETE FROM "__EFMigrationsLock" WHERE "Timestamp" < strftime('%Y-%m-%d %H:%M:%S', 'now', '-1 minute')""", cancellation);
    }

    private static async Task MakeTimetable(IntegrationDb db, CancellationToken cancellation)
    {
        var statements = TimetableTables.For(db);
        if (statements.Count == 0)
            return;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlRawAsync(
            db.Database.IsSqlServer()
                ? "EXEC sp_getapplock @Resource = 'artera timetable', @LockMode = 'Exclusive', @LockTimeout = 60000"
                : "SELECT pg_advisory_xact_lock(hashtext('artera timetable'))",
            cancellation);
        foreach (var statement in statements)
            await db.Database.ExecuteSqlRawAsync(statement, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
