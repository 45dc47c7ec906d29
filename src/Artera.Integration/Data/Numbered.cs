using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.ValueGeneration;

namespace Artera.Integration.Data;

/// <summary>A row that others speak of before it is saved: it has its id from when it is added, so that many rows are saved at once.</summary>
public interface INumbered
{
    long Id { get; }
}

internal static class Numbering
{
    /// <summary>The sequence that databases with sequences take numbers from, a few at a time.</summary>
    public const string Sequence = "Numbers";

    public static IEnumerable<PropertyBuilder<long>> Numbers(this ModelBuilder model) =>
        model.Model.GetEntityTypes().Where(entity => entity.ClrType.IsAssignableTo(typeof(INumbered))).ToList()
            .Select(entity => model.Entity(entity.ClrType).Property<long>(nameof(INumbered.Id)));
}

/// <summary>
/// Counts on from where SQLite's own counter stands, which is raised by the insert. Nobody else can: whoever adds rows is in a
/// transaction, and SQLite's transactions are one at a time; whose transaction begins late is done over when somebody was given the same number.
/// </summary>
internal sealed class NextInSqlite(string table) : ValueGenerator<long>
{
    public override bool GeneratesTemporaryValues => false;

    public override long Next(EntityEntry entry)
    {
        var db = (IntegrationDb)entry.Context;
        if (db.Numbers.Last(table) is not { } last)
            last = Stored(db);
        db.Numbers.Take(table, last + 1);
        return last + 1;
    }

    private long Stored(IntegrationDb db)
    {
        var database = db.Database;
        var connection = database.GetDbConnection();
        var close = connection.State != ConnectionState.Open;
        if (close)
            database.OpenConnection();
        try
        {
            using var command = connection.CreateCommand();
            command.Transaction = database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = "SELECT seq FROM sqlite_sequence WHERE name = @table";
            var name = command.CreateParameter();
            (name.ParameterName, name.Value) = ("@table", table);
            command.Parameters.Add(name);
            return command.ExecuteScalar() as long? ?? 0;
        }
        finally
        {
            if (close)
                database.CloseConnection();
        }
    }
}

/// <summary>The numbers that a transaction has given out; outside one, since rows were saved last.</summary>
internal sealed class Numbers(IntegrationDb db)
{
    private readonly Dictionary<string, long> given = new(StringComparer.Ordinal);
    private Guid? transaction;

    public long? Last(string table)
    {
        if (db.Database.CurrentTransaction?.TransactionId != transaction)
            Forget();
        return given.TryGetValue(table, out var last) ? last : null;
    }

    public void Take(string table, long number)
    {
        transaction = db.Database.CurrentTransaction?.TransactionId;
        given[table] = number;
    }

    /// <summary>The transaction has begun only now.</summary>
    public void GoOnIn(Guid begun) => transaction = begun;

    /// <summary>Rows were saved, or never will be.</summary>
    public void Forget() => given.Clear();
}
