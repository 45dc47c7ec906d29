using System.Data;
using System.Data.Common;

namespace Artera.Integration.Data.Adding;

/// <summary>One statement a row: the place in the key's index is held from the look to the commit, so that no other node takes it meanwhile.</summary>
internal sealed class SqlServerNewRows<T> : NewRows<T>
{
    private readonly DbConnection connection;
    private readonly RowTable<T> table;

    public SqlServerNewRows(DbConnection connection, RowTable<T> table)
    {
        (this.connection, this.table) = (connection, table);
        Insert = connection.CreateCommand();
        Insert.CommandText =
            $"""
             INSERT INTO "{table.Name}" ({table.ColumnNames}) SELECT {table.Values(column => $"@{column.Name}")}
             WHERE NOT EXISTS (SELECT 1 FROM "{table.Name}" WITH (UPDLOCK, HOLDLOCK)
             WHERE {string.Join(" AND ", table.Key.Select(column => $"\"{column}\" = @{column}"))} AND {table.KeyFilter})
             """;
        foreach (var column in table.Columns)
        {
            var parameter = Insert.CreateParameter();
            parameter.ParameterName = $"@{column.Name}";
            parameter.DbType = TypeOf(column);
            Insert.Parameters.Add(parameter);
        }
    }

    /// <summary>To be looked at where there is no server.</summary>
    internal DbCommand Insert { get; }

    public override async ValueTask Add(IReadOnlyList<T> rows, bool[] isNew, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        Insert.Transaction = transaction;
        for (var row = 0; row < rows.Count; row++)
        {
            for (var at = 0; at < table.Columns.Length; at++)
                Insert.Parameters[at].Value = Value(table.Columns[at], rows[row]) ?? DBNull.Value;
            isNew[row] = await Insert.ExecuteNonQueryAsync(cancellation) > 0;
        }

        await transaction.CommitAsync(cancellation);
    }

    protected override void Dispose(bool disposing) => Insert.Dispose();

    private static DbType TypeOf(Column<T> column) => column switch
    {
        { Text: not null } => DbType.String,
        { Number: not null } => DbType.Int64,
        { Flag: not null } => DbType.Boolean,
        { Bytes: not null } => DbType.Binary,
        _ => DbType.DateTime2,
    };

    private static object? Value(Column<T> column, T row) => column switch
    {
        { Text: { } text } => text(row),
        { Number: { } number } => number(row),
        { Flag: { } flag } => flag(row),
        { Bytes: { } bytes } => bytes(row),
        _ => column.Time!(row) is { } time ? InstantAsUtc.Truncate(time).ToDateTimeUtc() : null,
    };
}
