using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Artera.Integration.Tests.Harness;

/// <summary>What SQLite means to do for every query that some work really runs.</summary>
internal sealed class QueryPlans : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<List<(string Sql, List<(string Name, object? Value)> Parameters)>?> Heard = new();

    private readonly List<IDisposable> listening = [];

    private QueryPlans()
    {
    }

    /// <summary>Each line of each plan, after the query that it belongs to.</summary>
    public static async Task<IReadOnlyList<(string Sql, string Step)>> Of(string databaseFile, Func<Task> work)
    {
        var heard = await Listen(work);
        var steps = new List<(string, string)>();
        await using var connection = new SqliteConnection($"Data Source={databaseFile};Pooling=False");
        await connection.OpenAsync();
        foreach (var (sql, parameters) in heard.Where(query => query.Sql.Contains("SELECT", StringComparison.OrdinalIgnoreCase)))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + sql;
            parameters.ForEach(parameter => command.Parameters.AddWithValue(parameter.Name, parameter.Value ?? DBNull.Value));
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                steps.Add((sql, rows.GetString(3)));
        }

        return steps;
    }

    /// <summary>Everything that some work says to its database.</summary>
    public static async Task<List<(string Sql, List<(string Name, object? Value)> Parameters)>> Listen(Func<Task> work)
    {
        var heard = Heard.Value = [];
        var listener = new QueryPlans();
        using (DiagnosticListener.AllListeners.Subscribe(listener))
            await work();
        listener.listening.ForEach(one => one.Dispose());
        Heard.Value = null;
        return heard;
    }

    /// <summary>The steps that read a whole table or a whole index, or sort more than is shown.</summary>
    public static IEnumerable<string> Scans(IEnumerable<(string Sql, string Step)> plans, params string[] smallTables) => plans
        .Where(plan => plan.Step.StartsWith("SCAN ", StringComparison.Ordinal) && !plan.Step.StartsWith("SCAN CONSTANT", StringComparison.Ordinal))
        // Rows that an inner query has found and limited already.
        .Where(plan => !plan.Sql.Contains($") AS \"{plan.Step[5..]}\"", StringComparison.Ordinal))
        .Where(plan => !Array.Exists(smallTables, table => plan.Sql.Contains($"FROM \"{table}\"", StringComparison.Ordinal)))
        .Select(plan => string.Create(CultureInfo.InvariantCulture, $"{plan.Step} in {plan.Sql}"));

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
            listening.Add(value.Subscribe(this));
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandEventData { Command: { } command } && value.Key == RelationalEventId.CommandExecuting.Name)
            Heard.Value?.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
        // Nothing ends here.
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
        // Nothing fails here.
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
        // Nothing ends here.
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
        // Nothing fails here.
    }
}
