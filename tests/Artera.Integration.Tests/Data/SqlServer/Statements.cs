using System.Data;
using System.Data.Common;
using System.Globalization;
using Artera.Integration.Data;
using Artera.Integration.Operations;
using Artera.Integration.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Data.SqlServer;

/// <summary>The server as it would run on SQL Server, and what it says to it; nobody answers, every look finds what it is told to.</summary>
internal sealed class Statements : DbCommandInterceptor, IDbConnectionInterceptor, IAsyncDisposable
{
    private readonly WebApplication app;
    private object[] found = [];

    public Statements()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Database:Provider", nameof(DatabaseProvider.SqlServer)), new("Database:ConnectionString", "Server=nowhere.example.org"),
            new("Feeds:0:Name", "main"), new("Feeds:0:Mllp:Port", "0"), new("Logs:Level", "Fatal"),
        ]);
        builder.AddIntegration();
        builder.Services.ConfigureDatabase(options => options.AddInterceptors(this));
        app = builder.Build();
    }

    /// <summary>Each with its parameters as a procedure declares them.</summary>
    public List<(string Statement, string Parameters)> Said { get; } = [];

    /// <summary>The next look finds a row with these columns; later ones find nothing, except what there always is.</summary>
    public void Finds(params object[] row) => found = row;

    public async Task Of(Func<IServiceProvider, Task> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }

    public void Add(DbCommand command) =>
        Said.Add((command.CommandText, string.Join(", ", command.Parameters.Cast<SqlParameter>().Select(parameter => $"{At(parameter.ParameterName)} {TypeOf(parameter)}"))));

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(InterceptionResult.Suppress());

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Add(command);
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        var row = found.Length > 0 ? found : Always(command.CommandText);
        foreach (var column in row)
            table.Columns.Add(null, column.GetType());
        if (row.Length > 0)
            table.Rows.Add(row);
        found = [];
        return ValueTask.FromResult(InterceptionResult<DbDataReader>.SuppressWithResult(table.CreateDataReader()));
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return ValueTask.FromResult(InterceptionResult<int>.SuppressWithResult(0));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static object[] Always(string statement) =>
        statement.StartsWith("SELECT COUNT", StringComparison.Ordinal) ? [0] : statement.Contains("FROM [SettingsVersion]", StringComparison.Ordinal) ? [Guid.Empty] : [];

    private static string At(string name) => name.StartsWith('@') ? name : $"@{name}";

    private static string TypeOf(SqlParameter parameter) => parameter.SqlDbType switch
    {
        SqlDbType.NVarChar => parameter.Size is > 0 and <= 4000 ? string.Create(CultureInfo.InvariantCulture, $"nvarchar({parameter.Size})") : "nvarchar(max)",
        SqlDbType.VarBinary => "varbinary(max)",
        SqlDbType.DateTime2 => "datetime2(7)",
        var type => type.ToString().ToLowerInvariant(),
    };
}
