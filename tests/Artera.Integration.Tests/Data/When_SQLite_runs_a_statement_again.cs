using System.Data.Common;
using Artera.Integration.Data.Sqlite;
using Artera.Integration.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace Artera.Integration.Tests.Data;

/// <summary>It is read and planned once for a connection, whoever uses the connection.</summary>
public sealed class When_SQLite_runs_a_statement_again : IDisposable
{
    private const string Add = "INSERT INTO Visit (Id, Name) VALUES (@id, @name)";
    private const string Names = "SELECT Name FROM Visit WHERE Id >= @id ORDER BY Id";

    private readonly TempFolder folder = new();
    private readonly string connectionString;

    public When_SQLite_runs_a_statement_again()
    {
        connectionString = $"Data Source={Path.Combine(folder.Path, "test.db")}";
        using var lease = Lease();
        Run(lease, "CREATE TABLE Visit (Id INTEGER PRIMARY KEY, Name TEXT)");
    }

    public void Dispose()
    {
        SqlitePool.End(connectionString);
        folder.Dispose();
    }

    [Fact]
    public void Each_run_has_its_own_values()
    {
        using var lease = Lease();
        Run(lease, Add, ("@id", 1), ("@name", "one"));
        Run(lease, Add, ("@id", 2), ("@name", DBNull.Value));
        Run(lease, Add, ("@id", 3), ("@name", "three"));

        Read(lease, 1).ShouldBe(["one", null, "three"]);
        Read(lease, 3).ShouldBe(["three"]);
    }

    [Fact]
    public void The_next_who_has_the_connection_finds_it()
    {
        OpenSqlite first;
        using (var lease = Lease())
        {
            Read(lease, 1);
            first = lease.Leased;
        }

        using var next = Lease();
        next.Leased.ShouldBeSameAs(first);
        next.Leased.Statements.ShouldBe(1);
    }

    [Fact]
    public void Two_at_the_same_time_do_not_share_it()
    {
        using var lease = Lease();
        Fill(lease, 3);
        using var outer = Command(lease, Names, ("@id", 1));
        using var names = outer.ExecuteReader();
        var seen = new List<string>();
        while (names.Read())
        {
            Read(lease, 2).ShouldBe(["2", "3"]);
            seen.Add(names.GetString(0));
        }

        seen.ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public void Who_forgets_to_close_a_reader_keeps_it_to_himself()
    {
        using var lease = Lease();
        Fill(lease, 3);
        using var forgotten = Forget(lease);

        Read(lease, 1).ShouldBe(["1", "2", "3"]);

        static DbDataReader Forget(LeasedSqlite lease)
        {
            using var command = Command(lease, Names, ("@id", 1));
            var reader = command.ExecuteReader();
            reader.Read();
            return reader;
        }
    }

    [Fact]
    public void It_is_planned_anew_when_the_tables_have_changed()
    {
        using var lease = Lease();
        Fill(lease, 1);
        const string all = "SELECT * FROM Visit";
        using (var command = Command(lease, all))
        using (var row = command.ExecuteReader())
            row.FieldCount.ShouldBe(2);
        Run(lease, "ALTER TABLE Visit ADD COLUMN Room TEXT");

        using var again = Command(lease, all);
        using var wider = again.ExecuteReader();
        wider.Read().ShouldBeTrue();
        wider.FieldCount.ShouldBe(3);
    }

    [Fact]
    public void A_run_that_failed_does_not_harm_the_next()
    {
        using var lease = Lease();
        Run(lease, Add, ("@id", 1), ("@name", "one"));
        Should.Throw<SqliteException>(() => Run(lease, Add, ("@id", 1), ("@name", "again"))).SqliteErrorCode.ShouldBe(19);
        Run(lease, Add, ("@id", 2), ("@name", "two"));

        Read(lease, 1).ShouldBe(["one", "two"]);
    }

    [Fact]
    public void What_was_not_read_to_its_end_holds_nothing_up()
    {
        var lease = Lease();
        Fill(lease, 3);
        var reader = Command(lease, Names, ("@id", 1)).ExecuteReader();
        reader.Read().ShouldBeTrue();
        lease.Close();

        using var next = Lease();
        Run(next, "DROP TABLE Visit");
        Should.NotThrow(reader.Dispose);
    }

    [Fact]
    public void A_transaction_that_was_left_open_is_rolled_back()
    {
        using (var lease = Lease())
        {
            lease.BeginTransaction();
            Run(lease, Add, ("@id", 1), ("@name", "one"));
        }

        using var next = Lease();
        Read(next, 1).ShouldBeEmpty();
    }

    [Fact]
    public void A_transaction_ends_as_it_is_told()
    {
        using var lease = Lease();
        using (var kept = lease.BeginTransaction())
        {
            Run(lease, Add, ("@id", 1), ("@name", "one"));
            kept.Commit();
        }

        using (var dropped = lease.BeginTransaction())
        {
            Run(lease, Add, ("@id", 2), ("@name", "two"));
            dropped.Rollback();
        }

        Read(lease, 1).ShouldBe(["one"]);
    }

    [Fact]
    public void Those_not_run_for_longest_are_forgotten()
    {
        using var lease = Lease();
        for (var number = 0; number < OpenSqlite.MostStatements * 2; number++)
        {
            Read(lease, 1);
            Run(lease, $"SELECT {number}");
        }

        lease.Leased.Statements.ShouldBe(OpenSqlite.MostStatements);
        var names = lease.Leased.Take(Names);
        lease.Leased.Statements.ShouldBe(OpenSqlite.MostStatements - 1);
        lease.Leased.GiveBack(names);
    }

    [Fact]
    public void Nothing_is_kept_open_where_it_is_not_wanted()
    {
        var alone = connectionString + ";Pooling=False";
        OpenSqlite first;
        using (var lease = new LeasedSqlite(alone))
        {
            lease.Open();
            first = lease.Leased;
        }

        first.State.ShouldBe(System.Data.ConnectionState.Closed);
    }

    [Fact]
    public void What_is_in_use_at_the_end_is_closed_when_it_is_given_back()
    {
        var lease = Lease();
        var inUse = lease.Leased;
        SqlitePool.End(connectionString);
        Read(lease, 1).ShouldBeEmpty();
        lease.Dispose();

        inUse.State.ShouldBe(System.Data.ConnectionState.Closed);
    }

    private LeasedSqlite Lease()
    {
        var lease = new LeasedSqlite(connectionString);
        lease.Open();
        return lease;
    }

    private static void Fill(LeasedSqlite lease, int rows)
    {
        for (var id = 1; id <= rows; id++)
            Run(lease, Add, ("@id", id), ("@name", $"{id}"));
    }

    private static List<string?> Read(LeasedSqlite lease, int from)
    {
        using var command = Command(lease, Names, ("@id", from));
        using var reader = command.ExecuteReader();
        var names = new List<string?>();
        while (reader.Read())
            names.Add(reader.IsDBNull(0) ? null : reader.GetString(0));
        return names;
    }

    private static void Run(LeasedSqlite lease, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(lease, sql, values);
        command.ExecuteNonQuery();
    }

    private static DbCommand Command(LeasedSqlite lease, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = lease.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
