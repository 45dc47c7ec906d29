using Artera.Integration.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace Artera.Integration.Tests.Chaos;

/// <summary>The trigger counts the rows of a view that has no end; while it does, nobody else gets to write.</summary>
internal sealed class HoldUpInSqlite(TestDatabase database, string table) : HoldUp(database, table)
{
    private const int Busy = 5;
    private readonly string connectionString = database.ConnectionString + ";Pooling=False;Default Timeout=1";

    public override Task Begin(string on, string when) => Execute($"""
        CREATE VIEW Endless AS WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted) SELECT n FROM counted;
        CREATE TRIGGER HoldUp BEFORE {on} ON "{Table}" WHEN {when} BEGIN SELECT count(*) FROM Endless; END;
        """);

    public override async Task<bool> Holds()
    {
        // Pauses are what lets the server have its turn.
        await Task.Delay(400);
        return !await MayWrite() && !await MayWrite();
    }

    public override Task End() => Execute("DROP TRIGGER IF EXISTS HoldUp; DROP VIEW IF EXISTS Endless;");

    private async Task<bool> MayWrite()
    {
        await using var other = new SqliteConnection(connectionString);
        await other.OpenAsync();
        try
        {
            await using var turn = other.BeginTransaction(deferred: false);
            return true;
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == Busy)
        {
            return false;
        }
    }
}
