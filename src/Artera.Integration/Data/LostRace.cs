using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Artera.Integration.Data;

/// <summary>Tells that somebody else was quicker from what is wrong in any case.</summary>
internal static class LostRace
{
    /// <summary>
    /// The row was changed or removed meanwhile, two waited for each other, or the same thing was added by both: on a
    /// fresh look the other's work is there. What keeps failing is a fault and ends the tries.
    /// </summary>
    public static bool Is(Exception trouble) => trouble switch
    {
        DbUpdateConcurrencyException or ReadTooEarlyException => true,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation,
        // Snapshot conflicts, a deadlock, unique indexes and keys, foreign keys.
        SqlException server => server.Number is 3960 or 3961 or 1205 or 2601 or 2627 or 547,
        // Unique indexes and keys, foreign keys.
        SqliteException sqlite => sqlite.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT,
        _ => trouble.InnerException is { } cause && Is(cause),
    };
}
