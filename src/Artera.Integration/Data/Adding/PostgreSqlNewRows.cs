using Npgsql;
using NpgsqlTypes;

namespace Artera.Integration.Data.Adding;

/// <summary>One statement, one round trip, however many rows: a column is an array. Its end is the commit.</summary>
internal sealed class PostgreSqlNewRows<T> : NewRows<T>
{
    private readonly RowTable<T> table;
    private readonly NpgsqlCommand insert;
    private bool prepared;

    public PostgreSqlNewRows(NpgsqlConnection connection, RowTable<T> table)
    {
        this.table = table;
        var key = string.Join(", ", table.Key.Select(column => $"\"{column}\""));
        insert = new NpgsqlCommand(
            $"""
             WITH given AS (SELECT * FROM unnest({string.Join(", ", table.Columns.Select((_, at) => $"${at + 1}"))}) WITH ORDINALITY AS r ({table.ColumnNames}, place)),
             added AS (INSERT INTO "{table.Name}" ({table.ColumnNames}) SELECT {table.Values(column => $"r.\"{column.Name}\"")} FROM given r ORDER BY place
             ON CONFLICT ({key}) WHERE {table.KeyFilter} DO NOTHING RETURNING {key})
             SELECT place FROM given JOIN added USING ({key})
             """,
            connection);
        foreach (var column in table.Columns)
            insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | TypeOf(column) });
    }

    public override async ValueTask Add(IReadOnlyList<T> rows, bool[] isNew, CancellationToken cancellation)
    {
        for (var at = 0; at < table.Columns.Length; at++)
            insert.Parameters[at].Value = Values(table.Columns[at], rows);
        if (!prepared)
            await insert.PrepareAsync(cancellation);
        prepared = true;
        Array.Clear(isNew);
        await using var added = await insert.ExecuteReaderAsync(cancellation);
        while (await added.ReadAsync(cancellation))
            isNew[added.GetInt64(0) - 1] = true;
    }

    protected override void Dispose(bool disposing) => insert.Dispose();

    private static NpgsqlDbType TypeOf(Column<T> column) => column switch
    {
        { Text: not null } => NpgsqlDbType.Text,
        { Number: not null } => NpgsqlDbType.Bigint,
        { Flag: not null } => NpgsqlDbType.Boolean,
        { Bytes: not null } => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.TimestampTz,
    };

    private static Array Values(Column<T> column, IReadOnlyList<T> rows) => column switch
    {
        { Text: { } text } => Each(rows, row => WithoutNul.LeaveOut(text(row))),
        { Number: { } number } => Each(rows, number),
        { Flag: { } flag } => Each(rows, flag),
        { Bytes: { } bytes } => Each(rows, bytes),
        _ => Each(rows, row => column.Time!(row) is { } time ? InstantAsUtc.Truncate(time).ToDateTimeUtc() : (DateTime?)null),
    };

    private static TValue[] Each<TValue>(IReadOnlyList<T> rows, Func<T, TValue> read)
    {
        var values = new TValue[rows.Count];
        for (var row = 0; row < values.Length; row++)
            values[row] = read(rows[row]);
        return values;
    }
}
