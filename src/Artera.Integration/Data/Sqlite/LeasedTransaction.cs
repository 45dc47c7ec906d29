using System.Data;
using System.Data.Common;

namespace Artera.Integration.Data.Sqlite;

/// <summary>A transaction of the connection that a context knows.</summary>
internal sealed class LeasedTransaction(LeasedSqlite connection, DbTransaction transaction) : DbTransaction
{
    public override IsolationLevel IsolationLevel => transaction.IsolationLevel;

    protected override DbConnection? DbConnection => connection;

    public override void Commit() => transaction.Commit();

    public override void Rollback() => transaction.Rollback();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            transaction.Dispose();
        base.Dispose(disposing);
    }
}
