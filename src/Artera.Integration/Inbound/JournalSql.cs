using System.Data;
using System.Data.Common;
using Artera.Integration.Data;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>
/// What the journal says of messages that it has already, in SQL that every database of the house understands.
/// </summary>
internal sealed class JournalSql(DbConnection connection)
{
    public ValueTask<DbTransaction> Begin(CancellationToken cancellation) => connection.BeginTransactionAsync(cancellation);

    /// <summary>The row that has a message's key.</summary>
    public DbCommand Find(InboxMessage message) => Fill(
        Make(
            """
            SELECT "Id", "State", "Ack" FROM "InboxMessage"
            WHERE "Feed" = @feed AND "ControlId" <> '' AND "ControlId" = @control AND "BodyHash" = @hash
            """,
            ("@feed", DbType.String), ("@control", DbType.String), ("@hash", DbType.Int64)),
        message.Feed, message.ControlId, message.BodyHash);

    /// <summary>Rows of a feed with this body and no control id, not older than <paramref name="since"/>, the latest first.</summary>
    public DbCommand FindUnnamed(InboxMessage message, Instant since) => Fill(
        Make(
            """
            SELECT "Id", "State", "Ack" FROM "InboxMessage"
            WHERE "Feed" = @feed AND "ControlId" = '' AND "BodyHash" = @hash AND "ReceivedAt" >= @since
            ORDER BY "Id" DESC
            """,
            ("@feed", DbType.String), ("@hash", DbType.Int64), ("@since", connection.TypeOfInstants())),
        message.Feed, message.BodyHash, Stored(since));

    public DbCommand CountResends(long id, int resends) => Fill(
        Make(
            """UPDATE "InboxMessage" SET "Resends" = "Resends" + @resends, "AckDelivered" = @yes WHERE "Id" = @id""",
            ("@resends", DbType.Int32), ("@yes", DbType.Boolean), ("@id", DbType.Int64)),
        resends, true, id);

    public DbCommand Readmit(long id, InboxMessage message, int resends) => Fill(
        Make(
            """
            UPDATE "InboxMessage" SET "State" = @state, "Cause" = NULL, "CausePath" = NULL, "CauseValue" = NULL, "CauseTable" = NULL, "SettledAt" = NULL, "Raw" = @raw, "PatientKey" = @patient,
            "AppointmentKey" = @appointment, "Lane" = @lane, "AckCode" = @code, "Ack" = @ack, "AckDelivered" = @yes, "Resends" = "Resends" + @resends WHERE "Id" = @id
            """,
            ("@state", DbType.String), ("@raw", DbType.Binary), ("@patient", DbType.String), ("@appointment", DbType.String), ("@lane", DbType.Int32), ("@code", DbType.String),
            ("@ack", DbType.Binary), ("@yes", DbType.Boolean), ("@resends", DbType.Int32), ("@id", DbType.Int64)),
        message.State.ToString(), message.Raw, message.PatientKey, message.AppointmentKey, message.Lane, message.AckCode, message.Ack, true, resends, id);

    public DbCommand Undelivered(InboxMessage message) => Fill(
        Make(
            """
            UPDATE "InboxMessage" SET "AckDelivered" = @no WHERE "Id" =
            (SELECT MAX("Id") FROM "InboxMessage" WHERE "Feed" = @feed AND "ControlId" = @control AND "BodyHash" = @hash)
            """,
            ("@no", DbType.Boolean), ("@feed", DbType.String), ("@control", DbType.String), ("@hash", DbType.Int64)),
        false, message.Feed, message.ControlId, message.BodyHash);

    private static DateTime Stored(Instant instant) => InstantAsUtc.Truncate(instant).ToDateTimeUtc();

    private static DbCommand Fill(DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private DbCommand Make(string sql, params ReadOnlySpan<(string Name, DbType Type)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, type) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.DbType = type;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
