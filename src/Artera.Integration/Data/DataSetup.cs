using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Data;

public static class DataSetup
{
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection("Database")).ValidateOnStart();
        services.AddSingleton(provider => new WriteGate(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider));
        services.AddScoped<Tries>();
        // What jobs are kept in is chosen before there are services to ask.
        services.AddSingleton(configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions());
        // The same for every scope: putting them together costs as much as a query.
        const ServiceLifetime once = ServiceLifetime.Singleton;
        services.AddDbContext<SqliteDb>(Use, optionsLifetime: once).AddDbContext<PostgreSqlDb>(Use, optionsLifetime: once).AddDbContext<SqlServerDb>(Use, optionsLifetime: once);
        services.AddScoped<IntegrationDb>(provider => provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider switch
        {
            DatabaseProvider.PostgreSql => provider.GetRequiredService<PostgreSqlDb>(),
            DatabaseProvider.SqlServer => provider.GetRequiredService<SqlServerDb>(),
            _ => provider.GetRequiredService<SqliteDb>(),
        });
        return services.AddHostedService<WalCheckpoint>();
    }

    public static DbContextOptionsBuilder UseDatabase(this DbContextOptionsBuilder options, DatabaseOptions database) =>
        database.Provider switch
        {
            DatabaseProvider.PostgreSql => options.UseNpgsql(PostgreSqlConnections.Of(database.ConnectionString)).AddInterceptors(WithoutNul.Instance),
            DatabaseProvider.SqlServer => options.UseSqlServer(database.ConnectionString),
            _ => options.UseSqlite(database.ConnectionString).AddInterceptors(BeginsToWrite.Instance),
        };

    private static void Use(IServiceProvider provider, DbContextOptionsBuilder options) =>
        options.UseDatabase(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value);
}
