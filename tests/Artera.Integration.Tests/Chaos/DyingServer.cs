using System.Text;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Demo;
using Artera.Integration.Tests.Delivery;
using Artera.Integration.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace Artera.Integration.Tests.Chaos;

/// <summary>The server as it is shipped on an embedded SQLite, Twilio at the end of a wire, and a way to stop it anywhere in between.</summary>
internal sealed class DyingServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    private readonly TempFolder folder = new();
    private readonly SimulatedMessages messages = new();
    private readonly ServerProcess process;
    private int said;

    private DyingServer(TwilioStandIn twilio)
    {
        Twilio = twilio;
        Wire = new Wire(new Uri(twilio.Url).Port);
        process = new ServerProcess(folder);
        foreach (var (name, value) in TwilioWorld.Settings($"http://127.0.0.1:{Wire.Port}"))
            process.Set(name.Replace(":", "__", StringComparison.Ordinal), value!);
        foreach (var room in new[] { "Outreach", "Delivery" })
            process.Set($"{room}__LookEvery", "00:00:00.200");
        process.Set("Outreach__Lease", "00:00:05");
        process.Set("Delivery__ClaimLasts", "00:00:05");
        process.Set("Twilio__Timeout", "00:00:03");
        process.Set("Twilio__ListedWithin", "00:00:02");
    }

    public TwilioStandIn Twilio { get; }

    /// <summary>Between the server and Twilio.</summary>
    public Wire Wire { get; }

    private string ConnectionString => $"Data Source={folder.File("data/artera.db")}";

    public static async Task<DyingServer> Start()
    {
        var server = new DyingServer(await TwilioStandIn.Open());
        await server.Read(async db =>
        {
            await db.Migrate(CancellationToken.None);
            return await Cell.SetUp(db);
        });
        await server.process.Start();
        return server;
    }

    public Task StartAgain() => process.Start();

    public Task Kill() => process.Kill();

    /// <summary>The EMR books a visit, and the patient is due to be told at once.</summary>
    public async Task Book(string phone)
    {
        var now = TimeProvider.System.GetUtcNow().ToInstant().InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).LocalDateTime;
        var id = $"C{++said:D4}";
        var visit = new SimulatedVisit($"V{said}", new SimulatedPatient($"P{said}", "Ada", "Example") { Cell = phone }, now.PlusDays(10));
        await using var emr = await MllpPeer.Connect(process.MllpPort);
        Samples.Code(await emr.Ask(Encoding.UTF8.GetString(messages.Booked(visit, id, now)))).ShouldBe("AA");
    }

    /// <summary>
    /// From now on the server gets no further than this write: the statement never ends, and its transaction is not committed.
    /// Nothing of it is in the server: a trigger counts the rows of a view that has no end.
    /// </summary>
    /// <param name="on">When the trigger fires, such as <c>UPDATE</c>.</param>
    /// <param name="when">For which rows.</param>
    public Task HoldUp(string on, string when) => Execute($"""
        CREATE VIEW Endless AS WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted) SELECT n FROM counted;
        CREATE TRIGGER HoldUp BEFORE {on} ON "OutboundMessage" WHEN {when} BEGIN SELECT count(*) FROM Endless; END;
        """);

    public Task LetGo() => Execute("DROP TRIGGER IF EXISTS HoldUp; DROP VIEW IF EXISTS Endless;");

    /// <summary>The server is in the write that it cannot get through: nobody else gets to write, and what is committed is as it is just before.</summary>
    public Task IsHeldUp(Func<List<OutboundMessage>, bool> stands) => Until(
        async () =>
        {
            // Pauses are what lets the server have its turn.
            await Task.Delay(400);
            return stands(await Messages()) && !await MayWrite() && !await MayWrite() && stands(await Messages());
        },
        "it is held up");

    private async Task<bool> MayWrite()
    {
        const int Busy = 5;
        await using var other = new SqliteConnection(ConnectionString + ";Pooling=False;Default Timeout=1");
        await other.OpenAsync();
        try
        {
            await using var turn = other.BeginTransaction(deferred: false);
            return true;
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == Busy)
        {
            return false;
        }
    }

    public Task<List<OutboundMessage>> Messages() => Read(db => db.Set<OutboundMessage>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    public Task<List<Attempt>> Attempts() => Read(db => db.Set<Attempt>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    public static async Task Until(Func<Task<bool>> satisfied, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await satisfied())
        {
            TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(Patience, what);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Dispose();
        await Wire.DisposeAsync();
        await Twilio.DisposeAsync();
        folder.Dispose();
    }

    private async Task<T> Read<T>(Func<IntegrationDb, Task<T>> read)
    {
        var options = new DbContextOptionsBuilder<SqliteDb>();
        options.UseDatabase(new DatabaseOptions { ConnectionString = ConnectionString + ";Pooling=False" });
        await using var db = new SqliteDb(options.Options);
        return await read(db);
    }

    private async Task Execute(string sql)
    {
        await using var connection = new SqliteConnection(ConnectionString + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own words.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
