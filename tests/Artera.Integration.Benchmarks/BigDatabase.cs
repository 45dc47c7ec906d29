using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Benchmarks;

/// <summary>A database file with the schema of the server.</summary>
internal static class BigDatabase
{
    public static SqliteDb Open(string file)
    {
        var options = new DbContextOptionsBuilder<SqliteDb>();
        options.UseDatabase(new DatabaseOptions { ConnectionString = $"Data Source={file};Pooling=False" });
        return new SqliteDb(options.Options);
    }
}
