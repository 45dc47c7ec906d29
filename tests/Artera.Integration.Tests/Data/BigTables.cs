using System.Data.Common;
using System.Globalization;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Data;

/// <summary>PostgreSQL with tables so long that reading one from end to end is the wrong plan, and what it means to do.</summary>
internal sealed class BigTables(TestDatabase database)
{
    private const int Rows = 30_000;
    private readonly List<string> filled = [];

    /// <summary>Makes rows: <c>i</c> counts them, a column that nobody sets has something of its type in it.</summary>
    /// <param name="table">Which.</param>
    /// <param name="set">SQL for single columns, by name.</param>
    public async Task Fill(string table, params (string Column, string Value)[] set)
    {
        filled.Add(table);
        await using var connection = await database.Connect();
        var columns = await Columns(connection, table);
        var values = columns.Select(column => set.FirstOrDefault(one => one.Column == column.Name).Value ?? Something(column.Type, column.Length));
        await Execute(connection, string.Create(CultureInfo.InvariantCulture, $"""
            SET session_replication_role = replica;
            INSERT INTO "{table}" ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))})
            SELECT {string.Join(", ", values)} FROM generate_series(1, {Rows}) AS i;
            ANALYZE "{table}";
            """));
    }

    /// <summary>The plans of what some work runs that read a table from end to end.</summary>
    public async Task<IReadOnlyList<string>> Scans(Func<Task> work)
    {
        var said = await QueryPlans.Listen(async () =>
        {
            try
            {
                await work();
            }
            catch (InvalidOperationException)
            {
                // What stands in the columns that nobody set may mean nothing.
            }
        });
        said.ShouldNotBeEmpty();
        var scans = new List<string>();
        await using var connection = await database.Connect();
        foreach (var (sql, parameters) in said)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN " + sql;
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
                command.Parameters.Add(parameter);
            }

            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                var step = rows.GetString(0).Trim();
                if (filled.Exists(table => step.Contains($"Seq Scan on \"{table}\"", StringComparison.Ordinal)))
                    scans.Add($"{step} in {sql}");
            }
        }

        return scans;
    }

    private static async Task<List<(string Name, string Type, int Length)>> Columns(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT column_name, data_type, COALESCE(character_maximum_length, 200) FROM information_schema.columns WHERE table_name = '{table}' AND is_identity = 'NO'";
        await using var rows = await command.ExecuteReaderAsync();
        var columns = new List<(string, string, int)>();
        while (await rows.ReadAsync())
            columns.Add((rows.GetString(0), rows.GetString(1), rows.GetInt32(2)));
        return columns;
    }

    private static string Something(string type, int length) => type switch
    {
        "bigint" or "integer" => "i",
        "boolean" => "false",
        "timestamp with time zone" => "now() - i * interval '1 minute'",
        "date" => "DATE '1990-01-01' + i",
        "uuid" => "gen_random_uuid()",
        "bytea" => "'\\x00'::bytea",
        "ARRAY" => "'{}'",
        _ => string.Create(CultureInfo.InvariantCulture, $"left('x' || i, {length})"),
    };

    private static async Task Execute(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
