using Microsoft.Data.Sqlite;

namespace Artera.Integration.Operations.Load;

/// <summary>What the SQLite driver alone does on a disk, durably (WAL, synchronous=FULL), with rows of a message's size and no index.</summary>
/// <param name="OneRowCommits">Commits a second of one row each.</param>
/// <param name="RowsInHundreds">Rows a second in commits of a hundred.</param>
internal sealed record SqliteFloor(double OneRowCommits, double RowsInHundreds)
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2);

    public static SqliteFloor Measure(string folder)
    {
        var file = Path.Combine(folder, $"floor-{Guid.NewGuid():N}.db");
        try
        {
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE Floor (Id INTEGER PRIMARY KEY, Raw BLOB, Ack BLOB)");
            return new SqliteFloor(RowsASecond(connection, 1), RowsASecond(connection, 100));
        }
        finally
        {
            foreach (var left in Directory.EnumerateFiles(folder, Path.GetFileName(file) + "*"))
                File.Delete(left);
        }
    }

    private static double RowsASecond(SqliteConnection connection, int rowsACommit)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Floor (Raw, Ack) VALUES (@raw, @ack)";
        insert.Parameters.AddWithValue("@raw", new byte[1500]);
        insert.Parameters.AddWithValue("@ack", new byte[120]);
        var started = TimeProvider.System.GetTimestamp();
        var rows = 0;
        while (TimeProvider.System.GetElapsedTime(started) < Each)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var row = 0; row < rowsACommit; row++, rows++)
                insert.ExecuteNonQuery();
            transaction.Commit();
        }

        return rows / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
