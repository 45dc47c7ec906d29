using Artera.Integration.Data;
using Artera.Integration.Inbound;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Artera.Integration.Benchmarks.Whole;

/// <summary>A new database with the demo's health system: a SQLite file in a folder of its own, or a database beside that of a PostgreSQL connection string.</summary>
internal sealed class Place : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("artera-results");
    private readonly string? administrator;
    private readonly string database = $"results{Guid.NewGuid():N}";

    private Place(string? postgreSql) => administrator = postgreSql;

    public string Name => administrator is null ? "SQLite" : "PostgreSQL";

    public string Folder => folder.FullName;

    /// <summary>What <c>load --floor</c> is told.</summary>
    public string Floor => administrator is null ? Folder : Connection;

    public (string Name, string Value)[] Settings =>
        [("Database__Provider", administrator is null ? "Sqlite" : "PostgreSql"), ("Database__ConnectionString", Connection), ("Logs__Level", "Fatal")];

    private string Connection => administrator is null
        ? $"Data Source={Path.Combine(Folder, "results.db")}"
        : new NpgsqlConnectionStringBuilder(administrator) { Database = database, MaxPoolSize = 40 }.ConnectionString;

    public static async Task<Place> Make(string? postgreSql)
    {
        var place = new Place(postgreSql);
        await RunningServer.Verb(place, "db", "migrate");
        var enterprise = Path.Combine(place.Folder, "enterprise.yaml");
        await using (var file = File.Create(enterprise))
            await typeof(InboxMessage).Assembly.GetManifestResourceStream("demo-enterprise.yaml")!.CopyToAsync(file);
        await RunningServer.Verb(place, "enterprise", "import", enterprise, "--yes");
        return place;
    }

    public async Task<int> Waiting()
    {
        await using var db = new BigDatabase(Connection.Replace("Data Source=", "", StringComparison.Ordinal)).Open();
        return await db.Set<InboxMessage>().CountAsync(message => message.State == InboxState.Received);
    }

    public async ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        folder.Delete(recursive: true);
        if (administrator is null)
            return;
        await using var connection = new NpgsqlConnection(administrator);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {database} WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync();
    }
}
