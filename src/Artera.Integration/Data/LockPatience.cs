using System.Data.Common;
using Artera.Integration.Data.Sqlite;

namespace Artera.Integration.Data;

internal static class LockPatience
{
    /// <summary>SQLite waits for a lock by itself, and not by a cancellation token; the others do as the token says.</summary>
    public static void WaitForLocks(this DbConnection connection, TimeSpan atMost)
    {
        if (connection is LeasedSqlite sqlite)
            sqlite.Leased.DefaultTimeout = Math.Max(1, (int)atMost.TotalSeconds);
    }
}
