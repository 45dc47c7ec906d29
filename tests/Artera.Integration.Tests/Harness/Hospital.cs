using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Inbound;
using Artera.Integration.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Artera.Integration.Tests.Harness;

/// <summary>A server with a hospital set up in it, and the EMR's socket: what it says is applied when the call returns.</summary>
internal sealed class Hospital : IAsyncDisposable
{
    private readonly MllpPeer emr;
    private long last;

    private Hospital(TestServer server, FakeTimeProvider clock, MllpPeer emr) => (Server, Clock, this.emr) = (server, clock, emr);

    public TestServer Server { get; }

    public FakeTimeProvider Clock { get; }

    public static Task<Hospital> Open(string mapping = "mappings/generic", string now = "2026-09-10T14:00:00Z", params KeyValuePair<string, string?>[] settings) =>
        OpenOn(TestDatabase.Usual, null, mapping, now, settings);

    public static async Task<Hospital> OpenOn(
        DatabaseProvider on, Action<IServiceCollection>? services, string mapping, string now, params KeyValuePair<string, string?>[] settings)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        var server = await TestServer.StartOn(on, clock, services, [new("Feeds:0:Mapping", mapping), new("Feeds:0:TimeZone", "America/Chicago"), .. settings]);
        var hospital = new Hospital(server, clock, await MllpPeer.Connect(server.MllpPort));
        await hospital.SetUp();
        return hospital;
    }

    /// <summary>Sends one message over MLLP, lines ended by line feeds, and waits until something has become of it.</summary>
    public async Task<InboxMessage> Says(string message)
    {
        Samples.Code(await emr.Ask(message.ReplaceLineEndings("\r"))).ShouldBe("AA");
        var settled = await Server.Until(
            db => db.Set<InboxMessage>().AsNoTracking().Where(row => row.Id > last).OrderByDescending(row => row.Id).FirstOrDefaultAsync(),
            row => row is { State: not InboxState.Received });
        last = settled!.Id;
        return settled;
    }

    /// <summary>Sends one of the golden samples.</summary>
    public Task<InboxMessage> SaysSample(string name, string emr = "generic") =>
        Says(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mappings", emr, "samples", $"{name}.hl7")));

    public Task<T> Read<T>(Func<IntegrationDb, Task<T>> read) => Server.Read(read);

    public Task<List<T>> All<T>()
        where T : class => Server.Read(db => db.Set<T>().AsNoTracking().ToListAsync());

    public async Task SetUp() => await Server.Read(async db =>
    {
        using var text = new StringReader("""
            name: Test Health
            practices:
              - name: Test Practice
                time-zone: America/Chicago
                lines: [{ number: "+12175550190", name: Desk }]
                resources:
                  - { id: GI, name: Digestive health }
                  - { id: "10501101", name: Family medicine }
                  - { kind: Provider, id: "4200", name: Sven Skin }
            event-types:
              - { id: COLO60, name: { en: Colonoscopy }, completes: [RECALL-COLO] }
            """);
        await SetUpEnterprise.Run(db, EnterpriseFile.Read(text, "test.yaml"), CancellationToken.None);
        return await UnmappedMessages.Release(db, Server.Services.GetRequiredService<Artera.Integration.Feeds.FeedBook>(), CancellationToken.None);
    });

    public async ValueTask DisposeAsync()
    {
        await emr.DisposeAsync();
        await Server.DisposeAsync();
    }
}
