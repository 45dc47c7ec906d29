using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Artera.Integration.Tests.Harness;

/// <summary>
/// PostgreSQL as the machine has it installed, in a folder of its own and with its ordinary settings; one is started a run,
/// by the first test that needs it, and one for each test that breaks it. It ends with the process of the tests, however
/// that ends: their pipe closes.
/// </summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
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
        begin() { "$1/postgres" -D "$data" -p "$2" -k "$data" -c listen_addresses=127.0.0.1 -c max_connections=300 -c fsync="$3" >>"$data/log" 2>&1 </dev/null & server=$!; }
        begin "$@"
        while read -r again; do
          case "$again" in
            start) ;;
            orderly) kill -INT $server; wait $server || true ;;
            *) kill -QUIT $server; wait $server || true ;;
          esac
          if [ "$again" != stop ]; then begin "$@"; fi
        done
        kill -INT $server
        wait $server
        """;

    private static readonly string? Binaries = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .OrderDescending(StringComparer.Ordinal).FirstOrDefault()
        : null;

    private static readonly Lazy<Task<PostgreSqlServer>> Shared = new(() => Start("on"));
    private readonly Process process;
    private readonly int port;
    private int databases;

    private PostgreSqlServer(Process process, int port) => (this.process, this.port) = (process, port);

    public int Port => port;

    /// <summary>A fresh database with today's schema; without PostgreSQL the test is skipped.</summary>
    public static async Task<TestDatabase> CreateDatabase()
    {
        Assert.SkipWhen(Binaries is null, Missing);
        return await (await Shared.Value).Create();
    }

    /// <summary>A server that a test has to itself.</summary>
    public static async Task<PostgreSqlServer> Own()
    {
        Assert.SkipWhen(Binaries is null, Missing);
        return await Start("off");
    }

    /// <summary>Stops at once, as in a crash (immediate mode), and starts again with what its log has.</summary>
    public Task CrashAndRecover() => Again("crash");

    /// <summary>Stops as for an upgrade (fast mode): who is connected is told, and nothing is left to recover.</summary>
    public Task Restart() => Again("orderly");

    private async Task Again(string how)
    {
        var running = await StartedAt();
        await process.StandardInput.WriteLineAsync(how);
        await process.StandardInput.FlushAsync();
        await Until(async () => await StartedAt() is { } since && since != running);
    }

    /// <summary>Stops at once; nobody answers until <see cref="ComeBack"/>.</summary>
    public async Task GoAway()
    {
        await process.StandardInput.WriteLineAsync("stop");
        await process.StandardInput.FlushAsync();
        await Until(async () => await StartedAt() is null);
    }

    public async Task ComeBack()
    {
        await process.StandardInput.WriteLineAsync("start");
        await process.StandardInput.FlushAsync();
        await Until(async () => await StartedAt() is not null);
    }

    public async Task<TestDatabase> Create()
    {
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

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await process.WaitForExitAsync(patience.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        process.Kill();
        process.Dispose();
    }

    /// <param name="fsync">Off where it may crash, but the machine does not.</param>
    private static async Task<PostgreSqlServer> Start(string fsync)
    {
        var free = FreePort();
        string[] shell = ["sh", "-c", Script, "sh", Binaries!, free.ToString(CultureInfo.InvariantCulture), fsync];

        // It refuses to run as root.
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. shell] : shell;
        var started = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        var server = new PostgreSqlServer(started, free);
        await server.Until(async () => await server.StartedAt() is not null);
        await server.MakeTemplate();
        return server;
    }

    private async Task Until(Func<Task<bool>> satisfied)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await satisfied())
        {
            if (process.HasExited)
                throw new InvalidOperationException($"PostgreSQL ended with {process.ExitCode}");
            await Task.Delay(50, patience.Token);
        }
    }

    private async Task MakeTemplate()
    {
        var options = new DbContextOptionsBuilder<PostgreSqlDb>();
        options.UseDatabase(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = Connection(port, "schema") + ";Pooling=False" });
        await using var db = new PostgreSqlDb(options.Options);
        await db.Migrate(CancellationToken.None);
    }

    /// <summary>Null while it does not answer.</summary>
    private async Task<DateTime?> StartedAt()
    {
        try
        {
            await using var connection = new NpgsqlConnection(Connection(port, "postgres") + ";Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT pg_postmaster_start_time()";
            return (DateTime)(await command.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            return null;
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
