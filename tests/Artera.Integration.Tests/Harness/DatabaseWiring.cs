using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Harness;

internal static class DatabaseWiring
{
    /// <summary>Wires something into the database, whichever it is.</summary>
    public static void ConfigureDatabase(this IServiceCollection services, Action<DbContextOptionsBuilder> configure)
    {
        services.ConfigureDbContext<SqliteDb>(configure);
        services.ConfigureDbContext<PostgreSqlDb>(configure);
        services.ConfigureDbContext<SqlServerDb>(configure);
    }
}
