using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Benchmarks;

/// <summary>
/// Fills every big table as a year would: <c>-- fill --scale 0.01 --database FILE</c>, or a PostgreSQL connection string
/// for FILE. Indexes are taken away first and built at the end, which is many times faster than keeping them up.
/// </summary>
internal static class Filling
{
    private const long PerStatement = 500_000;

    public static async Task<int> Fill(string named, double scale)
    {
        var database = new BigDatabase(named);
        var watch = Stopwatch.StartNew();
        await using var db = database.Open();
        await db.Database.MigrateAsync();
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        if (await Number(connection, """SELECT COUNT(*) FROM "HealthSystem" """) > 0)
        {
            await Console.Error.WriteLineAsync($"{database.Name} is filled already");
            return 1;
        }

        await Run(connection, database.IsSqlite
            ? "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-500000; PRAGMA temp_store=FILE; PRAGMA foreign_keys=OFF;"
            : "SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '256MB';");
        var indexes = await Indexes(connection, database.IsSqlite);
        foreach (var (name, _) in indexes)
            await Run(connection, $"""DROP INDEX "{name}" """);
        foreach (var (table, rows, columns) in new Contents(new Dialect(database.IsSqlite), scale).Tables())
        {
            await Insert(connection, database.IsSqlite, table, rows, columns);
            Say($"{rows,10} {table}");
        }

        foreach (var (_, sql) in indexes)
            await Run(connection, sql);
        Say("indexed");
        await Run(connection, database.IsSqlite ? "PRAGMA journal_mode=WAL" : "VACUUM ANALYZE");
        Say(database.IsSqlite ? string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(named).Length / 1e9:0.0} GB") : "analyzed");
        return 0;

        void Say(string what) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds,6:0} s {what}"));
    }

    public static async Task Insert(DbConnection connection, bool sqlite, string table, long rows, (string Column, string Sql)[] columns)
    {
        var dialect = new Dialect(sqlite);
        List<(string Column, string Sql)> all = [("Id", "i"), .. columns];
        foreach (var (column, type) in await Needed(connection, sqlite, table))
        {
            if (!all.Exists(one => one.Column == column))
                all.Add((column, type is "boolean" ? dialect.False : type is "TEXT" or "text" or "character varying" ? "''" : "0"));
        }

        var names = string.Join(", ", all.Select(one => $"\"{one.Column}\""));
        var values = string.Join(", ", all.Select(one => one.Sql));
        for (var first = 1L; first <= rows; first += PerStatement)
            await Run(connection, $"""INSERT INTO "{table}" ({names}) SELECT {values} FROM {dialect.Numbers(first, Math.Min(rows, first + PerStatement - 1))}""");
        if (!sqlite)
            await Run(connection, $"""SELECT setval(pg_get_serial_sequence('"{table}"', 'Id'), (SELECT MAX("Id") FROM "{table}"))""");
    }

    /// <summary>The columns that must have something in them and say nothing by themselves.</summary>
    private static Task<List<(string, string)>> Needed(DbConnection connection, bool sqlite, string table) => Pairs(connection, sqlite
        ? $"""SELECT name, type FROM pragma_table_info('{table}') WHERE "notnull" = 1 AND dflt_value IS NULL"""
        : $"SELECT column_name, data_type FROM information_schema.columns WHERE table_name = '{table}' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'");

    private static Task<List<(string Name, string Sql)>> Indexes(DbConnection connection, bool sqlite) => Pairs(connection, sqlite
        ? "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        : """
          SELECT indexname, indexdef FROM pg_indexes
          WHERE schemaname = 'public' AND tablename !~ '^qrtz' AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)
          """);

    private static async Task<List<(string First, string Second)>> Pairs(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        var pairs = new List<(string, string)>();
        while (await rows.ReadAsync())
            pairs.Add((rows.GetString(0), rows.GetString(1)));
        return pairs;
    }

    private static async Task<long> Number(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task Run(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
