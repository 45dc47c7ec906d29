using System.Data.Common;
using Artera.Integration.Data.Sqlite;
using Npgsql;

namespace Artera.Integration.Data.Adding;

/// <summary>Adds rows to a table by a connection that nobody else uses, many in one commit, in as few steps as its database knows.</summary>
internal abstract class NewRows<T> : IDisposable
{
    public static NewRows<T> By(DbConnection connection, RowTable<T> table, TimeSpan patience) => connection switch
    {
        LeasedSqlite sqlite => new SqliteNewRows<T>(sqlite.Leased, table, patience),
        NpgsqlConnection postgreSql => new PostgreSqlNewRows<T>(postgreSql, table, patience),
        _ => new SqlServerNewRows<T>(connection, table),
    };

    /// <summary>Adds the rows whose keys are not there yet, in their order and in one commit of its own. When it returns, they are on the disk.</summary>
    /// <param name="rows">No two with the same key.</param>
    /// <param name="isNew">Told for each row whether it was added; as long as the rows at least.</param>
    public abstract ValueTask Add(IReadOnlyList<T> rows, bool[] isNew, CancellationToken cancellation);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
