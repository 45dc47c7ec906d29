using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Artera.Integration.Data.Sqlite;

/// <summary>What a context knows as its connection: while it is open, one of those that stay open.</summary>
internal sealed class LeasedSqlite(string connectionString) : DbConnection
{
    private readonly List<KnownCommand> running = [];
    private SqlitePool? pool;
    private OpenSqlite? leased;

    [AllowNull]
    public override string ConnectionString { get; set; } = connectionString;

    public override string Database => "main";

    public override string DataSource => new SqliteConnectionStringBuilder(ConnectionString).DataSource;

    public override string ServerVersion => Leased.ServerVersion;

    public override ConnectionState State => leased is null ? ConnectionState.Closed : ConnectionState.Open;

    /// <summary>The connection itself, while this one is open.</summary>
    public OpenSqlite Leased => leased ?? throw new InvalidOperationException("the connection is closed");

    public override void Open()
    {
        if (leased is not null)
            return;
        pool = SqlitePool.Of(ConnectionString);
        leased = pool.Take();
    }

    public override void Close()
    {
        if (leased is not { } open)
            return;
        // Whoever has the connection next shall not meet what was left running.
        while (running is [.., var last])
            last.Abandon();
        leased = null;
        pool!.GiveBack(open);
    }

    public void Began(KnownCommand command) => running.Add(command);

    public void Ended(KnownCommand command) => running.Remove(command);

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        new LeasedTransaction(this, Leased.BeginTransaction(isolationLevel));

    protected override DbCommand CreateDbCommand() => new KnownCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }
}
