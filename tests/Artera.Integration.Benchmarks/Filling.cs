using System.Diagnostics;
using System.Globalization;
using System.Text;
using Artera.Integration.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Benchmarks;

/// <summary>
/// Fills a table of messages as a year would: <c>-- fill --messages 5000000 --database FILE</c>. Indexes are taken away
/// first and built at the end, which is many times faster than keeping them up.
/// </summary>
internal static class Filling
{
    private const int PerTransaction = 500_000;
    private const int Waiting = 200;

    public static async Task<int> Fill(string file, long count)
    {
        if (File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"{file} is there already");
            return 1;
        }

        var watch = Stopwatch.StartNew();
        await using (var db = BigDatabase.Open(file))
            await db.Database.MigrateAsync();
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await Run(connection, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=OFF;");
        var indexes = await Indexes(connection);
        foreach (var (name, _) in indexes)
            await Run(connection, $"""DROP INDEX "{name}" """);
        await Insert(connection, count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} messages after {watch.Elapsed.TotalSeconds:0} s"));
        foreach (var (_, sql) in indexes)
            await Run(connection, sql);
        await Run(connection, "PRAGMA journal_mode=WAL");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"indexed after {watch.Elapsed.TotalSeconds:0} s; {new FileInfo(file).Length / 1e9:0.0} GB"));
        return 0;
    }

    private static async Task Insert(SqliteConnection connection, long count)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            INSERT INTO "InboxMessage" ("Feed", "ReceivedAt", "Raw", "ControlId", "BodyHash", "Event", "PatientKey", "AppointmentKey", "State",
            "Cause", "CausePath", "CauseValue", "CauseTable", "Attempts", "SettledAt", "AckCode", "AckDelivered", "Resends", "Lane")
            VALUES (@feed, @at, @raw, @control, @hash, @event, @patient, @appointment, @state, @cause, @path, @value, @table, 0, @settled, 'AA', 1, 0, @lane)
            """;
        string[] names = ["@feed", "@at", "@raw", "@control", "@hash", "@event", "@patient", "@appointment", "@state", "@cause", "@path", "@value", "@table", "@settled", "@lane"];
        var parameters = Array.ConvertAll(names, name => command.Parameters.Add(new SqliteParameter { ParameterName = name }));
        command.Prepare();

        // The same messages every time.
        var random = new Random(1);
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var step = TimeSpan.FromDays(300) / count;
        for (long at = 0; at < count;)
        {
            await using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            for (var end = Math.Min(count, at + PerTransaction); at < end; at++)
            {
                var message = StoredKind.Pick(random, waiting: at >= count - Waiting);
                var patient = string.Create(CultureInfo.InvariantCulture, $"P{random.Next(200_000):000000}");
                var appointment = message.IsVisit ? string.Create(CultureInfo.InvariantCulture, $"A{random.NextInt64((count / 6) + 1):0000000}") : null;
                var controlId = string.Create(CultureInfo.InvariantCulture, $"C{at:000000000}");
                var raw = Encoding.ASCII.GetBytes($"MSH|^~\\&|EMR|NORTH|ARTERA|HUB|20261026090000||{message.Event}|{controlId}|P|2.5.1\rSCH||{appointment}||||||FOLLOWUP|30|min|^^^20261102100000\rPID|1||{patient}^^^MRN^MR||Sample^Test\r");
                object?[] values =
                [
                    random.Next(3) == 0 ? "adt" : "siu", start + (step * at), raw, controlId, random.NextInt64(), message.Event, patient, appointment,
                    message.State, message.Cause, message.Path, message.Value, message.Table, message.State == "Received" ? null : start + (step * at), Lane.Of("emr", patient),
                ];
                for (var i = 0; i < values.Length; i++)
                    parameters[i].Value = values[i] ?? DBNull.Value;
                command.ExecuteNonQuery();
            }

            await transaction.CommitAsync();
        }
    }

    private static async Task<List<(string Name, string Sql)>> Indexes(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'InboxMessage' AND sql IS NOT NULL""";
        await using var rows = await command.ExecuteReaderAsync();
        var indexes = new List<(string, string)>();
        while (await rows.ReadAsync())
            indexes.Add((rows.GetString(0), rows.GetString(1)));
        return indexes;
    }

    private static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
