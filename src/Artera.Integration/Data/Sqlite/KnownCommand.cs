using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Artera.Integration.Data.Sqlite;

/// <summary>A command that is run by the statement of an earlier one, when its connection knows the text.</summary>
internal sealed class KnownCommand(LeasedSqlite connection) : SqliteCommand
{
    private SqliteCommand? running;
    private SqliteDataReader? reader;

    protected override DbConnection? DbConnection
    {
        get => connection;
        set
        {
            if (value is not null && value != connection)
                throw new NotSupportedException("a command stays with its connection");
        }
    }

    /// <summary>A connection has one at most.</summary>
    protected override DbTransaction? DbTransaction { get; set; }

    public override void Prepare()
    {
    }

    public override SqliteDataReader ExecuteReader(CommandBehavior behavior) => reader = Run(command => command.ExecuteReader(behavior));

    public override int ExecuteNonQuery() => Run(command => command.ExecuteNonQuery());

    public override object? ExecuteScalar() => Run(command => command.ExecuteScalar());

    /// <summary>It is still read: nobody else may have it.</summary>
    public void Abandon() => TakeRunning()?.Dispose();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            End();
        base.Dispose(disposing);
    }

    private T Run<T>(Func<SqliteCommand, T> run)
    {
        End();
        var command = connection.Leased.Take(CommandText);
        command.Transaction = connection.Leased.CurrentTransaction;
        command.CommandTimeout = CommandTimeout;
        foreach (SqliteParameter parameter in Parameters)
            command.Parameters.Add(parameter);
        try
        {
            var result = run(command);
            running = command;
            connection.Began(this);
            return result;
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    private void End()
    {
        if (reader is { IsClosed: false })
            Abandon();
        else if (TakeRunning() is { } command)
            connection.Leased.GiveBack(command);
    }

    private SqliteCommand? TakeRunning()
    {
        var command = running;
        if (command is not null)
            connection.Ended(this);
        (running, reader) = (null, null);
        return command;
    }
}
