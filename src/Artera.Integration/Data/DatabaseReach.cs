using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Artera.Integration.Data;

/// <summary>Whether a database that is a server of its own answers; one that does not may later, one that refuses us will not.</summary>
/// <param name="Answers">A connection was opened.</param>
/// <param name="MayLater">It is not there, or still starting: no setting of ours is wrong.</param>
/// <param name="Why">A code and what the database said, without the connection string.</param>
internal sealed record DatabaseReach(bool Answers, bool MayLater, string Why)
{
    // Logins that are refused, expired or locked, and databases that are not there or not for this login.
    private static readonly int[] RefusedBySqlServer = [18452, 18456, 18470, 18486, 18487, 18488, 4060, 4064, 916];

    public static async Task<DatabaseReach> Of(IntegrationDb db, CancellationToken cancellation)
    {
        try
        {
            await db.Database.OpenConnectionAsync(cancellation);
            await db.Database.CloseConnectionAsync();
            return new(true, true, "");
        }
        catch (Exception trouble) when (After(trouble) is { } reach)
        {
            return reach;
        }
    }

    /// <summary>What a failure says of the database; null when it is not about that.</summary>
    public static DatabaseReach? After(Exception trouble) => Cause<DbException>(trouble) switch
    {
        PostgresException said => new(false, MayPass(said.SqlState), $"{said.SqlState}: {said.MessageText}"),
        SqlException said => new(false, !RefusedBySqlServer.Contains(said.Number) && Cause<AuthenticationException>(said) is null, Code(said)),
        { } cause => new(false, IsSilence(cause), IsSilence(cause) ? Code(cause) : cause.Message),
        null => Cause<SocketException>(trouble) is not null || Cause<TimeoutException>(trouble) is not null ? new(false, true, Code(trouble)) : null,
    };

    /// <summary>It starts, stops or recovers (57P), has no room (53), or the connection broke (08).</summary>
    private static bool MayPass(string state) =>
        state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal);

    private static bool IsSilence(Exception trouble) =>
        Cause<AuthenticationException>(trouble) is null
        && (Cause<SocketException>(trouble) is not null || Cause<TimeoutException>(trouble) is not null || Cause<IOException>(trouble) is not null);

    private static string Code(Exception trouble) => Cause<SocketException>(trouble) is { } socket
        ? socket.SocketErrorCode.ToString()
        : trouble is SqlException sql ? string.Create(CultureInfo.InvariantCulture, $"error {sql.Number}") : "no answer";

    private static T? Cause<T>(Exception trouble)
        where T : Exception
    {
        for (var cause = trouble; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
                return found;
        }

        return null;
    }
}
