using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Artera.Integration.Tests.Harness;

/// <summary>
/// PostgreSQL as the machine has it installed, in a folder of its own and with its ordinary settings; started once a run,
/// by the first test that needs it. It ends with the process of the tests, however that ends: their pipe closes.
/// </summary>
internal static class PostgreSqlServer
{
    private const string Missing = "PostgreSQL is not installed here (apt-get install postgresql)";

    // A language whose order is not that of the characters: what we compare must not depend on it.
    private const string Script =
        """
        set -e
        data=$(mktemp -d "${TMPDIR:-/tmp}/artera-pg.XXXXXX")
        trap 'rm -rf "$data"' EXIT
        "$1/initdb" -D "$data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US --no-sync >"$data.log" 2>&1
        rm "$data.log"
        "$1/postgres" -D "$data" -p "$2" -k "$data" -c listen_addresses=127.0.0.1 -c max_connections=300 >"$data/log" 2>&1 </dev/null &
        server=$!
        cat >/dev/null
        kill -INT $server
        wait $server
        """;

    private static readonly string? Binaries = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .OrderDescending(StringComparer.Ordinal).FirstOrDefault()
        : null;

    private static readonly Lazy<Task<int>> Started = new(Start);
    private static Process? process;
    private static int databases;

    /// <summary>A fresh database with today's schema; without PostgreSQL the test is skipped.</summary>
    public static async Task<TestDatabase> CreateDatabase()
    {
        Assert.SkipWhen(Binaries is null, Missing);
        var port = await Started.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref databases)}");
        await Execute(port, $"CREATE DATABASE {name} TEMPLATE schema");
        var connection = $"{Connection(port, name)};Maximum Pool Size=50";
        return new TestDatabase(DatabaseProvider.PostgreSql, connection, async () =>
        {
            await using (var pooled = new NpgsqlConnection(connection))
                NpgsqlConnection.ClearPool(pooled);
            await Execute(port, $"DROP DATABASE {name} WITH (FORCE)");
        });
    }

    private static async Task<int> Start()
    {
        var port = FreePort();
        string[] shell = ["sh", "-c", Script, "sh", Binaries!, port.ToString(CultureInfo.InvariantCulture)];

        // It refuses to run as root.
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. shell] : shell;
        process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await Answers(port))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"PostgreSQL ended with {process.ExitCode}");
            await Task.Delay(50, patience.Token);
        }

        await MakeTemplate(port);
        return port;
    }

    private static async Task MakeTemplate(int port)
    {
        var options = new DbContextOptionsBuilder<PostgreSqlDb>();
        options.UseDatabase(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = Connection(port, "schema") + ";Pooling=False" });
        await using var db = new PostgreSqlDb(options.Options);
        await db.Migrate(CancellationToken.None);
    }

    private static async Task<bool> Answers(int port)
    {
        try
        {
            await Execute(port, "SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task Execute(int port, string sql)
    {
        await using var connection = new NpgsqlConnection(Connection(port, "postgres") + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static string Connection(int port, string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Include Error Detail=true");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
