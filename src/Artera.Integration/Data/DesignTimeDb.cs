using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Artera.Integration.Data;

/// <summary>What <c>dotnet ef</c> uses; the first argument after <c>--</c> names the provider.</summary>
internal sealed class DesignTimeDb : IDesignTimeDbContextFactory<IntegrationDb>
{
    public IntegrationDb CreateDbContext(string[] args)
    {
        var database = new DatabaseOptions { ConnectionString = "Data Source=:memory:" };
        if (args.Length > 0)
            database.Provider = Enum.Parse<DatabaseProvider>(args[0], ignoreCase: true);
        return new IntegrationDb(new DbContextOptionsBuilder<IntegrationDb>().UseDatabase(database).Options);
    }
}

internal static class DesignTimeOptions
{
    public static DbContextOptionsBuilder<IntegrationDb> UseDatabase(
        this DbContextOptionsBuilder<IntegrationDb> options,
        DatabaseOptions database)
    {
        ((DbContextOptionsBuilder)options).UseDatabase(database);
        return options;
    }
}
