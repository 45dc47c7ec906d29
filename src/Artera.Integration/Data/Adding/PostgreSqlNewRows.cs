using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Artera.Integration.Data.Adding;

/// <summary>One statement, one round trip, however many rows: a column is an array. Its end is the commit.</summary>
internal sealed class PostgreSqlNewRows<T> : NewRows<T>
{
    private readonly RowTable<T> table;
    private readonly Column<T>[] key;
    private readonly NpgsqlCommand one;
    private readonly NpgsqlCommand many;
    private readonly HashSet<string> added = new(StringComparer.Ordinal);
    private bool prepared;

    public PostgreSqlNewRows(NpgsqlConnection connection, RowTable<T> table, TimeSpan patience)
    {
        this.table = table;
        key = [.. table.Key.Select(name => table.Columns.Single(column => column.Name == name))];
        var names = table.Key.Select(column => $"\"{column}\"").ToList();
        var parameters = string.Join(", ", table.Columns.Select((_, at) => $"${at + 1}"));
        var unlessThere = $"ON CONFLICT ({string.Join(", ", names)}) WHERE {table.KeyFilter} DO NOTHING";
        one = Command($"INSERT INTO \"{table.Name}\" ({table.ColumnNames}) VALUES ({parameters}) {unlessThere}", TypeOf);
        many = Command(
            $"""
             INSERT INTO "{table.Name}" ({table.ColumnNames}) SELECT {table.ColumnNames}
             FROM unnest({parameters}) WITH ORDINALITY AS given ({table.ColumnNames}, place) ORDER BY place
             {unlessThere} RETURNING {string.Join(" || '|' || ", names)}
             """,
            column => NpgsqlDbType.Array | TypeOf(column));

        NpgsqlCommand Command(string sql, Func<Column<T>, NpgsqlDbType> type)
        {
            var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Math.Ceiling(patience.TotalSeconds) };
            foreach (var column in table.Columns)
                command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type(column) });
            return command;
        }
    }

    // Not awaited: the changes of threads would cost more than the thread that waits.
    public override ValueTask Add(IReadOnlyList<T> rows, bool[] isNew, CancellationToken cancellation)
    {
        if (!prepared)
        {
            one.Prepare();
            many.Prepare();
            prepared = true;
        }

        if (rows.Count == 1)
            isNew[0] = AddOne(rows[0]);
        else
            AddMany(rows, isNew);
        return ValueTask.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        one.Dispose();
        many.Dispose();
    }

    private bool AddOne(T row)
    {
        for (var at = 0; at < table.Columns.Length; at++)
            one.Parameters[at].Value = Value(table.Columns[at], row) ?? DBNull.Value;
        return one.ExecuteNonQuery() > 0;
    }

    private void AddMany(IReadOnlyList<T> rows, bool[] isNew)
    {
        for (var at = 0; at < table.Columns.Length; at++)
            many.Parameters[at].Value = Values(table.Columns[at], rows);
        added.Clear();
        using (var keys = many.ExecuteReader())
        {
            while (keys.Read())
                added.Add(keys.GetString(0));
        }

        for (var row = 0; row < rows.Count; row++)
            isNew[row] = added.Count == rows.Count || added.Contains(Key(rows[row]));
    }

    private string Key(T row) => string.Join('|', key.Select(column => Convert.ToString(Value(column, row), CultureInfo.InvariantCulture)));

    private static NpgsqlDbType TypeOf(Column<T> column) => column switch
    {
        { Text: not null } => NpgsqlDbType.Text,
        { Number: not null } => NpgsqlDbType.Bigint,
        { Flag: not null } => NpgsqlDbType.Boolean,
        { Bytes: not null } => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.TimestampTz,
    };

    private static object? Value(Column<T> column, T row) => column switch
    {
        { Text: { } text } => WithoutNul.LeaveOut(text(row)),
        { Number: { } number } => number(row),
        { Flag: { } flag } => flag(row),
        { Bytes: { } bytes } => bytes(row),
        _ => Time(column.Time!(row)),
    };

    private static Array Values(Column<T> column, IReadOnlyList<T> rows) => column switch
    {
        { Text: { } text } => Each(rows, row => WithoutNul.LeaveOut(text(row))),
        { Number: { } number } => Each(rows, number),
        { Flag: { } flag } => Each(rows, flag),
        { Bytes: { } bytes } => Each(rows, bytes),
        _ => Each(rows, row => Time(column.Time!(row))),
    };

    private static TValue[] Each<TValue>(IReadOnlyList<T> rows, Func<T, TValue> read)
    {
        var values = new TValue[rows.Count];
        for (var row = 0; row < values.Length; row++)
            values[row] = read(rows[row]);
        return values;
    }

    private static DateTime? Time(NodaTime.Instant? instant) => instant is { } time ? InstantAsUtc.Truncate(time).ToDateTimeUtc() : null;
}
