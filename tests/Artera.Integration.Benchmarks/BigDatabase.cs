using Artera.Integration.Data;
using Artera.Integration.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Artera.Integration.Benchmarks;

/// <summary>A database with the schema of the server: a SQLite file, or PostgreSQL by its connection string.</summary>
internal sealed class BigDatabase(string named)
{
    public bool IsSqlite => !named.Contains('=', StringComparison.Ordinal);

    public string Name => IsSqlite ? Path.GetFileName(named) : "PostgreSQL";

    private DatabaseOptions Options => IsSqlite
        ? new() { ConnectionString = $"Data Source={named}" }
        : new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = named };

    public IntegrationDb Open()
    {
        if (!IsSqlite)
            return new PostgreSqlDb(With<PostgreSqlDb>());
        return new SqliteDb(With<SqliteDb>());
    }

    /// <summary>All rooms of the server, without sockets and jobs.</summary>
    public WebApplication Rooms()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Database:Provider", Options.Provider.ToString()), new("Database:ConnectionString", Options.ConnectionString),
            new("Feeds:0:Name", "siu"), new("Feeds:0:Emr", Contents.Emr), new("Feeds:1:Name", "adt"), new("Feeds:1:Emr", Contents.Emr), new("Logs:Level", "Fatal"),
        ]);
        builder.AddIntegration();
        return builder.Build();
    }

    private DbContextOptions<T> With<T>()
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>();
        options.UseDatabase(Options);
        return options.Options;
    }
}
