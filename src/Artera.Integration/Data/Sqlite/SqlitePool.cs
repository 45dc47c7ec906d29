using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Artera.Integration.Data.Sqlite;

/// <summary>The open connections to a database that nobody uses at the moment.</summary>
internal sealed class SqlitePool
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);
    private static readonly ConcurrentDictionary<string, SqlitePool> All = new(StringComparer.Ordinal);

    private readonly string connectionString;
    private readonly Lock door = new();

    // The one used last is used next, so that the first is the one that was needed least.
    private readonly List<OpenSqlite> resting = [];
    private bool keeps;

    private SqlitePool(string connectionString)
    {
        var given = new SqliteConnectionStringBuilder(connectionString);
        keeps = given.Pooling;
        given.Pooling = false;
        this.connectionString = given.ToString();
    }

    public static SqlitePool Of(string connectionString) => All.GetOrAdd(connectionString, static given => new SqlitePool(given));

    /// <summary>Nothing is kept open any more; what is in use is closed when it is given back.</summary>
    public static void End(string connectionString)
    {
        if (All.TryRemove(connectionString, out var pool))
            pool.End();
    }

    public OpenSqlite Take()
    {
        lock (door)
        {
            if (resting is [.., var last])
            {
                resting.RemoveAt(resting.Count - 1);
                return last;
            }
        }

        return OpenSqlite.Open(connectionString);
    }

    public void GiveBack(OpenSqlite connection)
    {
        connection.Rest();
        var leaves = connection;
        lock (door)
        {
            if (keeps)
            {
                resting.Add(connection);
                leaves = TimeProvider.System.GetElapsedTime(resting[0].UsedAt) > LongestRest ? resting[0] : null;
                if (leaves is not null)
                    resting.RemoveAt(0);
            }
        }

        leaves?.Dispose();
    }

    private void End()
    {
        lock (door)
        {
            keeps = false;
            resting.ForEach(connection => connection.Dispose());
            resting.Clear();
        }
    }
}
