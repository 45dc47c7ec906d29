using System.Data.Common;
using Artera.Integration.Data;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Chaos;

/// <summary>
/// From now on the server gets no further than a certain write: the statement never ends, and its transaction is not committed.
/// Nothing of it is in the server: a trigger of the database does it.
/// </summary>
internal abstract class HoldUp(TestDatabase database, string table)
{
    protected TestDatabase Database => database;

    protected string Table => table;

    public static HoldUp In(TestDatabase database, string table = "OutboundMessage") =>
        database.Provider == DatabaseProvider.Sqlite ? new HoldUpInSqlite(database, table) : new HoldUpInPostgreSql(database, table);

    /// <param name="on">When the trigger fires, such as <c>UPDATE</c>.</param>
    /// <param name="when">For which rows.</param>
    public abstract Task Begin(string on, string when);

    /// <summary>Whether the server is in that write.</summary>
    public abstract Task<bool> Holds();

    /// <summary>When the server is dead; what it was writing is gone.</summary>
    public abstract Task End();

    protected async Task Execute(string sql)
    {
        await using var connection = await Database.Connect();
        await Execute(connection, sql);
    }

    protected static async Task<object?> Execute(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own words.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
