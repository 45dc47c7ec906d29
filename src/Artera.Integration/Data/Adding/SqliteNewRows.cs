using Microsoft.Data.Sqlite;

namespace Artera.Integration.Data.Adding;

/// <summary>SQLite is in the process: statements prepared once, bound and stepped without a command, a reader or a task between.</summary>
internal sealed class SqliteNewRows<T> : NewRows<T>
{
    private readonly RowTable<T> table;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement insert;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement rollback;

    public SqliteNewRows(SqliteConnection connection, RowTable<T> table, TimeSpan patience)
    {
        this.table = table;
        SqliteStatement.WaitForLocks(connection, patience);
        begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        commit = new SqliteStatement(connection, "COMMIT");
        rollback = new SqliteStatement(connection, "ROLLBACK");
        insert = new SqliteStatement(
            connection,
            $"""
             INSERT INTO "{table.Name}" ({table.ColumnNames})
             VALUES ({table.Values(column => $"?{Array.IndexOf(table.Columns, column) + 1}")}) ON CONFLICT DO NOTHING
             """);
    }

    public override ValueTask Add(IReadOnlyList<T> rows, bool[] isNew, CancellationToken cancellation)
    {
        // One statement is a transaction by itself.
        if (rows.Count == 1)
        {
            isNew[0] = Insert(rows[0]);
            return ValueTask.CompletedTask;
        }

        begin.Run();
        try
        {
            for (var row = 0; row < rows.Count; row++)
                isNew[row] = Insert(rows[row]);
            commit.Run();
        }
        catch (SqliteException)
        {
            rollback.TryRun();
            throw;
        }

        return ValueTask.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[begin, insert, commit, rollback])
            statement.Dispose();
    }

    private bool Insert(T row)
    {
        for (var at = 0; at < table.Columns.Length; at++)
        {
            var column = table.Columns[at];
            if (column.Text is { } text)
                insert.Bind(at + 1, text(row));
            else if (column.Number is { } number)
                insert.Bind(at + 1, number(row));
            else if (column.Flag is { } flag)
                insert.Bind(at + 1, flag(row) ? 1 : 0);
            else if (column.Bytes is { } bytes)
                insert.Bind(at + 1, bytes(row));
            else
                insert.Bind(at + 1, column.Time!(row));
        }

        return insert.Run() > 0;
    }
}
