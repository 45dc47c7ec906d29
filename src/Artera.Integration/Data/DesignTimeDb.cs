using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Artera.Integration.Data;

/// <summary>What <c>dotnet ef</c> uses; nothing is connected to.</summary>
internal sealed class DesignTimeDb
    : IDesignTimeDbContextFactory<SqliteDb>, IDesignTimeDbContextFactory<PostgreSqlDb>, IDesignTimeDbContextFactory<SqlServerDb>
{
    SqliteDb IDesignTimeDbContextFactory<SqliteDb>.CreateDbContext(string[] args) =>
        new(Options<SqliteDb>(DatabaseProvider.Sqlite, "Data Source=:memory:"));

    PostgreSqlDb IDesignTimeDbContextFactory<PostgreSqlDb>.CreateDbContext(string[] args) =>
        new(Options<PostgreSqlDb>(DatabaseProvider.PostgreSql, "Host=localhost"));

    SqlServerDb IDesignTimeDbContextFactory<SqlServerDb>.CreateDbContext(string[] args) =>
        new(Options<SqlServerDb>(DatabaseProvider.SqlServer, "Server=localhost"));

    private static DbContextOptions<T> Options<T>(DatabaseProvider provider, string connection)
        where T : IntegrationDb
    {
        var options = new DbContextOptionsBuilder<T>();
        options.UseDatabase(new DatabaseOptions { Provider = provider, ConnectionString = connection });
        return options.Options;
    }
}
