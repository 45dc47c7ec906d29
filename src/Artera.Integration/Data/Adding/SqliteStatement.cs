using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using NodaTime;
using SQLitePCL;

namespace Artera.Integration.Data.Adding;

/// <summary>One statement of SQLite, prepared until it is thrown away. Values are stored as EF Core stores them.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly object?[] bound;
    private byte[] utf8 = new byte[1024];

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
        bound = new object?[raw.sqlite3_bind_parameter_count(statement) + 1];
    }

    /// <summary>SQLite's own waiting, in steps of milliseconds, instead of the driver's.</summary>
    public static void WaitForLocks(SqliteConnection connection, TimeSpan atMost) =>
        _ = raw.sqlite3_busy_timeout(connection.Handle!, (int)atMost.TotalMilliseconds);

    // A parameter is null at first and keeps its value from one run to the next: a feed's name is said once.
    public void Bind(int at, string? text)
    {
        if (ReferenceEquals(bound[at], text))
            return;
        bound[at] = text;
        if (text is null)
        {
            Check(raw.sqlite3_bind_null(statement, at));
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (utf8.Length < most)
            utf8 = new byte[most];
        Check(raw.sqlite3_bind_text(statement, at, utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8))));
    }

    public void Bind(int at, long number) => Check(raw.sqlite3_bind_int64(statement, at, number));

    public void Bind(int at, byte[]? bytes) => Check(bytes is null ? raw.sqlite3_bind_null(statement, at) : raw.sqlite3_bind_blob(statement, at, bytes));

    public void Bind(int at, Instant? instant)
    {
        if (instant is not { } given)
        {
            Check(raw.sqlite3_bind_null(statement, at));
            return;
        }

        Span<byte> bytes = stackalloc byte[32];
        InstantAsUtc.Truncate(given).ToDateTimeUtc().TryFormat(bytes, out var length, @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture);
        Check(raw.sqlite3_bind_text(statement, at, bytes[..length]));
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows it changed, if it changes rows.</returns>
    public int Run()
    {
        var outcome = raw.sqlite3_step(statement);
        var changed = raw.sqlite3_changes(database);
        _ = raw.sqlite3_reset(statement);
        if (outcome is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
            SqliteException.ThrowExceptionForRC(outcome, database);
        return changed;
    }

    /// <summary>Runs it where a failure changes nothing any more.</summary>
    public void TryRun()
    {
        _ = raw.sqlite3_step(statement);
        _ = raw.sqlite3_reset(statement);
    }

    public void Dispose() => statement.Dispose();

    private void Check(int outcome)
    {
        if (outcome != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(outcome, database);
    }
}
