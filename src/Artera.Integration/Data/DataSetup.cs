using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Data;

public static class DataSetup
{
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection("Database")).ValidateOnStart();
        services.AddSingleton(provider => new WriteGate(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider));
        services.AddDbContext<IntegrationDb>((provider, options) =>
            options.UseDatabase(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value));
        return services.AddHostedService<WalCheckpoint>();
    }

    public static DbContextOptionsBuilder UseDatabase(this DbContextOptionsBuilder options, DatabaseOptions database) =>
        database.Provider switch
        {
            DatabaseProvider.Sqlite => options.UseSqlite(database.ConnectionString).AddInterceptors(DurableSqlite.Instance),
            _ => throw new NotSupportedException($"Database:Provider {database.Provider} is not built yet"),
        };

    /// <summary>Brings the schema up to date and, for SQLite, makes the folder that the file goes in.</summary>
    public static async Task MigrateDatabase(this IServiceProvider services, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        if (database.Provider == DatabaseProvider.Sqlite
            && Path.GetDirectoryName(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IntegrationDb>().Database.MigrateAsync(cancellation);
    }
}

/// <summary>A commit is on the disk when it returns (synchronous=FULL), and readers never wait (WAL).</summary>
internal sealed class DurableSqlite : DbConnectionInterceptor
{
    public static readonly DurableSqlite Instance = new();

    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; PRAGMA wal_autocheckpoint=16000;";

    public override void ConnectionOpened(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        System.Data.Common.DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
