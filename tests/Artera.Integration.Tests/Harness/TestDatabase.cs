using System.Data.Common;
using Artera.Integration.Data;
using Artera.Integration.Data.Sqlite;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Artera.Integration.Tests.Harness;

/// <summary>A database of a test's own, which goes when the test is over.</summary>
public sealed class TestDatabase(DatabaseProvider provider, string connectionString, Func<Task> drop) : IAsyncDisposable
{
    /// <summary>Names a SQL Server for the tests: a connection string whose login may create databases.</summary>
    public const string SqlServerVariable = "ARTERA_TEST_SQLSERVER";

    /// <summary>What tests run on that do not say: SQLite, unless this variable says otherwise.</summary>
    private const string UsualVariable = "ARTERA_TEST_DATABASE";

    public static DatabaseProvider Usual { get; } =
        Enum.TryParse<DatabaseProvider>(Environment.GetEnvironmentVariable(UsualVariable), ignoreCase: true, out var usual) ? usual : DatabaseProvider.Sqlite;

    public DatabaseProvider Provider => provider;

    public string ConnectionString => connectionString;

    public IEnumerable<KeyValuePair<string, string?>> Settings =>
        [new("Database:Provider", provider.ToString()), new("Database:ConnectionString", connectionString)];

    public static async Task<TestDatabase> Create(DatabaseProvider on, string folder) => on switch
    {
        DatabaseProvider.PostgreSql => await PostgreSqlServer.CreateDatabase(),
        DatabaseProvider.SqlServer => OnSqlServer(),
        _ => InFile($"Data Source={Path.Combine(folder, "test.db")}"),
    };

    /// <summary>Beside the server, as an administrator would look.</summary>
    public async Task<DbConnection> Connect()
    {
        DbConnection connection = provider switch
        {
            DatabaseProvider.PostgreSql => new NpgsqlConnection(connectionString),
            DatabaseProvider.SqlServer => new SqlConnection(connectionString),
            _ => new SqliteConnection(connectionString),
        };
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>As the server would, without a pool: nothing is held when it is closed.</summary>
    internal IntegrationDb Open() => provider switch
    {
        DatabaseProvider.PostgreSql => new PostgreSqlDb(Options<PostgreSqlDb>()),
        DatabaseProvider.SqlServer => new SqlServerDb(Options<SqlServerDb>()),
        _ => new SqliteDb(Options<SqliteDb>()),
    };

    public async ValueTask DisposeAsync() => await drop();

    private DbContextOptions<T> Options<T>()
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>();
        options.UseDatabase(new DatabaseOptions { Provider = provider, ConnectionString = connectionString + ";Pooling=False" });
        return options.Options;
    }

    private static TestDatabase InFile(string connectionString) => new(DatabaseProvider.Sqlite, connectionString, () =>
    {
        SqlitePool.End(connectionString);
        SqliteConnection.ClearAllPools();
        return Task.CompletedTask;
    });

    private static TestDatabase OnSqlServer()
    {
        var named = new SqlConnectionStringBuilder(Environment.GetEnvironmentVariable(SqlServerVariable));
        var own = new SqlConnectionStringBuilder(named.ConnectionString) { InitialCatalog = $"artera-{Guid.NewGuid():N}" };
        return new(DatabaseProvider.SqlServer, own.ConnectionString, async () =>
        {
            SqlConnection.ClearAllPools();
            await using var connection = new SqlConnection(named.ConnectionString);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"ALTER DATABASE [{own.InitialCatalog}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{own.InitialCatalog}]";
            await command.ExecuteNonQueryAsync();
        });
    }
}
