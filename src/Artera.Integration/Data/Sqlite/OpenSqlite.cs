using Microsoft.Data.Sqlite;

namespace Artera.Integration.Data.Sqlite;

/// <summary>
/// A connection that stays open, with the statements that were run on it last: SQLite takes longer to read and plan one of ours than to run it.
/// </summary>
internal sealed class OpenSqlite : SqliteConnection
{
    public const int MostStatements = 200;

    /// <summary>A commit is on the disk when it returns (synchronous=FULL), and readers never wait (WAL).</summary>
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; PRAGMA wal_autocheckpoint=16000;";

    private readonly Dictionary<string, (SqliteCommand Command, long Turn)> statements = new(StringComparer.Ordinal);
    private readonly int patience;
    private long turn;

    private OpenSqlite(string connectionString)
        : base(connectionString) =>
        patience = DefaultTimeout;

    /// <summary>How many statements are kept.</summary>
    public int Statements => statements.Count;

    public SqliteTransaction? CurrentTransaction => Transaction;

    /// <summary>When it was used last.</summary>
    public long UsedAt { get; private set; }

    public static OpenSqlite Open(string connectionString)
    {
        var connection = new OpenSqlite(connectionString);
        try
        {
            connection.Open();
            using var pragmas = new SqliteCommand(Pragmas, connection);
            pragmas.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A command with this text, which nobody else has until it is given back.</summary>
    public SqliteCommand Take(string sql) => statements.Remove(sql, out var known) ? known.Command : new SqliteCommand(sql, this);

    public void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (!IsRunAgain(command.CommandText) || !statements.TryAdd(command.CommandText, (command, ++turn)))
            command.Dispose();
        else if (statements.Count > MostStatements)
            Forget(statements.MinBy(statement => statement.Value.Turn).Key);
    }

    /// <summary>As it was when it was opened, but for what it knows.</summary>
    public void Rest()
    {
        Transaction?.Dispose();
        DefaultTimeout = patience;
        UsedAt = TimeProvider.System.GetTimestamp();
    }

    private void Forget(string sql)
    {
        if (statements.Remove(sql, out var forgotten))
            forgotten.Command.Dispose();
    }

    // Tables are made once.
    private static bool IsRunAgain(ReadOnlySpan<char> sql)
    {
        sql = sql.TrimStart();
        return sql.StartsWith("SELECT", StringComparison.Ordinal)
            || sql.StartsWith("INSERT", StringComparison.Ordinal)
            || sql.StartsWith("UPDATE", StringComparison.Ordinal)
            || sql.StartsWith("DELETE", StringComparison.Ordinal)
            || sql.StartsWith("WITH", StringComparison.Ordinal);
    }
}
