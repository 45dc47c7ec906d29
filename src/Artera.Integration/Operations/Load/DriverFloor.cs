using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Artera.Integration.Operations.Load;

/// <summary>What a database's driver alone does, durably, with rows of a message's size and no index.</summary>
/// <param name="OneRowCommits">Commits a second of one row each, one after the other.</param>
/// <param name="RowsInHundreds">Rows a second in commits of a hundred.</param>
internal sealed record DriverFloor(double OneRowCommits, double RowsInHundreds)
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2);
    private static readonly byte[] Raw = new byte[1500];
    private static readonly byte[] Ack = new byte[120];

    /// <summary>Of SQLite in a folder, or of the PostgreSQL that a connection string names; what is written is taken away again.</summary>
    public static DriverFloor Measure(string folderOrConnectionString) =>
        folderOrConnectionString.Contains('=', StringComparison.Ordinal) ? OfPostgreSql(folderOrConnectionString) : OfSqlite(folderOrConnectionString);

    private static DriverFloor OfSqlite(string folder)
    {
        var file = Path.Combine(folder, $"floor-{Guid.NewGuid():N}.db");
        try
        {
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE Floor (Id INTEGER PRIMARY KEY, Raw BLOB, Ack BLOB)");
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO Floor (Raw, Ack) VALUES (@raw, @ack)";
            insert.Parameters.AddWithValue("@raw", Raw);
            insert.Parameters.AddWithValue("@ack", Ack);
            return new DriverFloor(RowsASecond(rows => Commit(connection, insert, rows), 1), RowsASecond(rows => Commit(connection, insert, rows), 100));
        }
        finally
        {
            foreach (var left in Directory.EnumerateFiles(folder, Path.GetFileName(file) + "*"))
                File.Delete(left);
        }
    }

    private static DriverFloor OfPostgreSql(string connectionString)
    {
        var table = $"floor_{Guid.NewGuid():N}";
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        Execute(connection, $"CREATE TABLE {table} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, raw bytea, ack bytea)");
        try
        {
            var sql = $"INSERT INTO {table} (raw, ack) VALUES ($1, $2)";
            using var one = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = Raw }, new() { Value = Ack } } };
            one.Prepare();
            using var hundred = new NpgsqlBatch(connection);
            for (var row = 0; row < 100; row++)
                hundred.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = Raw }, new() { Value = Ack } } });
            hundred.Prepare();
            return new DriverFloor(RowsASecond(_ => one.ExecuteNonQuery(), 1), RowsASecond(_ => hundred.ExecuteNonQuery(), 100));
        }
        finally
        {
            Execute(connection, $"DROP TABLE {table}");
        }
    }

    private static double RowsASecond(Action<int> commit, int rowsACommit)
    {
        var started = TimeProvider.System.GetTimestamp();
        var rows = 0;
        for (; TimeProvider.System.GetElapsedTime(started) < Each; rows += rowsACommit)
            commit(rowsACommit);
        return rows / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private static void Commit(SqliteConnection connection, SqliteCommand insert, int rows)
    {
        using var transaction = connection.BeginTransaction();
        insert.Transaction = transaction;
        for (var row = 0; row < rows; row++)
            insert.ExecuteNonQuery();
        transaction.Commit();
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
