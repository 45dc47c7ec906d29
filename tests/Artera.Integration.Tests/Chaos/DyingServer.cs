using System.Text;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Demo;
using Artera.Integration.Tests.Delivery;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace Artera.Integration.Tests.Chaos;

/// <summary>The server as it is shipped, Twilio at the end of a wire, and a way to stop it anywhere in between.</summary>
internal sealed class DyingServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    private readonly TempFolder folder;
    private readonly TestDatabase database;
    private readonly HoldUp hold;
    private readonly SimulatedMessages messages = new();
    private readonly ServerProcess process;
    private int said;

    private DyingServer(TempFolder folder, TestDatabase database, TwilioStandIn twilio)
    {
        (this.folder, this.database, Twilio) = (folder, database, twilio);
        hold = Chaos.HoldUp.In(database);
        Wire = new Wire(new Uri(twilio.Url).Port);
        process = new ServerProcess(folder, database);
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

    public static async Task<DyingServer> Start(DatabaseProvider on)
    {
        var files = new TempFolder();
        var server = new DyingServer(files, await TestDatabase.Create(on, files.Path), await TwilioStandIn.Open());
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

    public Task HoldUp(string on, string when) => hold.Begin(on, when);

    public Task LetGo() => hold.End();

    /// <summary>The server is in the write that it cannot get through, and what is committed is as it is just before.</summary>
    public Task IsHeldUp(Func<List<OutboundMessage>, bool> stands) => Until(
        async () => stands(await Messages()) && await hold.Holds() && stands(await Messages()), "it is held up");

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
        await database.DisposeAsync();
        folder.Dispose();
    }

    private async Task<T> Read<T>(Func<IntegrationDb, Task<T>> read)
    {
        await using var db = database.Open();
        return await read(db);
    }
}
