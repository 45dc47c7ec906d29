using System.Data;
using System.Data.Common;
using Artera.Integration.Data;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>
/// The journal's statements, prepared once a connection, in SQL that every database of the house understands.
/// This path writes the rows itself: change tracking costs more than the commit.
/// </summary>
internal sealed class JournalSql(DbConnection connection) : IDisposable
{
    private const string Columns =
        """
        "Feed", "ReceivedAt", "Raw", "ControlId", "BodyHash", "Event", "PatientKey", "AppointmentKey", "State", "Cause", "CausePath",
        "CauseValue", "CauseTable", "Attempts", "SettledAt", "AckCode", "Ack", "AckDelivered", "Note", "Resends", "Lane"
        """;

    private readonly Dictionary<int, DbCommand> finds = [];
    private DbCommand? insert;
    private DbCommand? findUnnamed;

    public DbCommand Insert(InboxMessage message)
    {
        var command = insert ??= Prepare(
            $"""
             INSERT INTO "InboxMessage" ({Columns})
             VALUES (@feed, @at, @raw, @control, @hash, @event, @patient, @appointment, @state, @cause, @path, @value, @table, 0, @settled, @code, @ack, @yes, @note, @resends, @lane)
             """,
            ("@feed", DbType.String), ("@at", connection.TypeOfInstants()), ("@raw", DbType.Binary), ("@control", DbType.String), ("@hash", DbType.Int64),
            ("@event", DbType.String), ("@patient", DbType.String), ("@appointment", DbType.String), ("@state", DbType.String),
            ("@cause", DbType.String), ("@path", DbType.String), ("@value", DbType.String), ("@table", DbType.String), ("@settled", connection.TypeOfInstants()), ("@code", DbType.String),
            ("@ack", DbType.Binary), ("@yes", DbType.Boolean), ("@note", DbType.String), ("@resends", DbType.Int32), ("@lane", DbType.Int32));
        var at = Stored(message.ReceivedAt);
        Fill(
            command, message.Feed, at, message.Raw, message.ControlId, message.BodyHash, message.Event, message.PatientKey,
            message.AppointmentKey, message.State.ToString(), message.Cause, message.CausePath, message.CauseValue, message.CauseTable,
            message.State == InboxState.Received ? null : at, message.AckCode, message.Ack, true, message.Note, message.Resends, message.Lane);
        return command;
    }

    /// <summary>Rows of a feed with one of these control ids; commands come in a few sizes, the last id fills the rest.</summary>
    public DbCommand Find(string feed, IReadOnlyList<string> controlIds)
    {
        var size = 1;
        while (size < controlIds.Count)
            size *= 4;
        if (!finds.TryGetValue(size, out var command))
        {
            var names = Enumerable.Range(0, size).Select(i => $"@c{i}").ToList();
            finds[size] = command = Prepare(
                $"""
                 SELECT "Id", "ControlId", "BodyHash", "State", "Ack" FROM "InboxMessage"
                 WHERE "Feed" = @feed AND "ControlId" <> '' AND "ControlId" IN ({string.Join(", ", names)})
                 """,
                [("@feed", DbType.String), .. names.Select(name => (name, DbType.String))]);
        }

        command.Parameters[0].Value = feed;
        for (var i = 0; i < size; i++)
            command.Parameters[i + 1].Value = controlIds[Math.Min(i, controlIds.Count - 1)];
        return command;
    }

    /// <summary>The latest row of a feed with this body and no control id, not older than <paramref name="since"/>.</summary>
    public DbCommand FindUnnamed(InboxMessage message, Instant since) => Fill(
        findUnnamed ??= Prepare(
            """
            SELECT "Id", "ControlId", "BodyHash", "State", "Ack" FROM "InboxMessage"
            WHERE "Feed" = @feed AND "ControlId" = '' AND "BodyHash" = @hash AND "ReceivedAt" >= @since
            ORDER BY "Id"
            """,
            ("@feed", DbType.String), ("@hash", DbType.Int64), ("@since", connection.TypeOfInstants())),
        message.Feed, message.BodyHash, Stored(since));

    public DbCommand CountResends(long id, int resends) => Fill(
        Prepare(
            """UPDATE "InboxMessage" SET "Resends" = "Resends" + @resends, "AckDelivered" = @yes WHERE "Id" = @id""",
            ("@resends", DbType.Int32), ("@yes", DbType.Boolean), ("@id", DbType.Int64)),
        resends, true, id);

    public DbCommand Readmit(long id, InboxMessage message) => Fill(
        Prepare(
            """
            UPDATE "InboxMessage" SET "State" = @state, "Cause" = NULL, "CausePath" = NULL, "CauseValue" = NULL, "CauseTable" = NULL, "SettledAt" = NULL, "Raw" = @raw, "PatientKey" = @patient,
            "AppointmentKey" = @appointment, "Lane" = @lane, "AckCode" = @code, "Ack" = @ack, "AckDelivered" = @yes, "Resends" = "Resends" + 1 WHERE "Id" = @id
            """,
            ("@state", DbType.String), ("@raw", DbType.Binary), ("@patient", DbType.String), ("@appointment", DbType.String), ("@lane", DbType.Int32), ("@code", DbType.String),
            ("@ack", DbType.Binary), ("@yes", DbType.Boolean), ("@id", DbType.Int64)),
        message.State.ToString(), message.Raw, message.PatientKey, message.AppointmentKey, message.Lane, message.AckCode, message.Ack, true, id);

    public DbCommand Undelivered(InboxMessage message) => Fill(
        Prepare(
            """
            UPDATE "InboxMessage" SET "AckDelivered" = @no WHERE "Id" =
            (SELECT MAX("Id") FROM "InboxMessage" WHERE "Feed" = @feed AND "ControlId" = @control AND "BodyHash" = @hash)
            """,
            ("@no", DbType.Boolean), ("@feed", DbType.String), ("@control", DbType.String), ("@hash", DbType.Int64)),
        false, message.Feed, message.ControlId, message.BodyHash);

    public void Dispose()
    {
        insert?.Dispose();
        findUnnamed?.Dispose();
        foreach (var find in finds.Values)
            find.Dispose();
    }

    private static DateTime Stored(Instant instant) => InstantAsUtc.Truncate(instant).ToDateTimeUtc();

    private static DbCommand Fill(DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private DbCommand Prepare(string sql, params ReadOnlySpan<(string Name, DbType Type)> parameters)
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
