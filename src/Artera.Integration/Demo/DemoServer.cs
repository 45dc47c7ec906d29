using System.Globalization;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations;

namespace Artera.Integration.Demo;

/// <summary>
/// The real server on a scratch database. It reads no settings of this machine: a demo must never find a provider's
/// credentials and text somebody.
/// </summary>
internal sealed class DemoServer : IAsyncDisposable
{
    /// <summary>The feed of the practice whose EMR speaks FHIR.</summary>
    public const string Hilltop = "hilltop";

    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("artera-demo-");
    private readonly WebApplication app;

    public DemoServer(DemoPorts ports, DemoClock clock, DatabaseOptions? database, string fhir)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = scratch.FullName, EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Settings(ports, database, fhir));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddIntegration();
        app = builder.Build();
        app.MapIntegration();
    }

    public IServiceProvider Services => app.Services;

    public Uri Http => new(string.Create(CultureInfo.InvariantCulture, $"http://{Services.GetRequiredService<HttpPorts>().First}"));

    public async Task Start(CancellationToken cancellation)
    {
        await app.Services.MigrateDatabase(cancellation);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            using var text = new StreamReader(typeof(DemoServer).Assembly.GetManifestResourceStream("demo-enterprise.yaml")!);
            var enterprise = EnterpriseFile.Read(text, "demo-enterprise.yaml");
            await SetUpEnterprise.Run(scope.ServiceProvider.GetRequiredService<IntegrationDb>(), enterprise, cancellation);
        }

        await app.StartAsync(cancellation);
    }

    public Task UntilStopped(CancellationToken cancellation) => app.WaitForShutdownAsync(cancellation);

    public async Task<T> Read<T>(Func<IntegrationDb, Task<T>> read)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<IntegrationDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        scratch.Delete(recursive: true);
    }

    private Dictionary<string, string?> Settings(DemoPorts ports, DatabaseOptions? database, string fhir)
    {
        const string Often = "00:00:00.100";
        return new(StringComparer.Ordinal)
        {
            ["Database:Provider"] = (database?.Provider ?? DatabaseProvider.Sqlite).ToString(),
            ["Database:ConnectionString"] = database?.ConnectionString ?? $"Data Source={Path.Combine(scratch.FullName, "demo.db")};Pooling=False",
            ["Logs:Level"] = "Error",
            ["Http:Port"] = ports.Http.ToString(CultureInfo.InvariantCulture),
            ["Feeds:0:Name"] = "main",
            ["Feeds:0:Mapping"] = "mappings/generic",
            ["Feeds:0:TimeZone"] = "America/New_York",
            ["Feeds:0:Mllp:Port"] = ports.Mllp.ToString(CultureInfo.InvariantCulture),
            ["Feeds:0:WriteBack:Mllp:Port"] = ports.Emr.ToString(CultureInfo.InvariantCulture),
            ["Feeds:0:WriteBack:Mllp:AckTimeout"] = "00:00:05",
            ["Feeds:1:Name"] = Hilltop,
            ["Feeds:1:Mapping"] = "mappings/generic",
            ["Feeds:1:TimeZone"] = "America/Chicago",
            ["Feeds:1:Fhir:BaseUrl"] = fhir,
            ["Feeds:1:Fhir:PollEvery"] = "1.00:00:00",
            ["Feeds:1:Fhir:Poll:Searches:0"] = "Appointment",
            ["Feeds:1:Fhir:ReadBeforeReminder"] = "true",
            ["Feeds:1:Fhir:Subscription:Create"] = "Topic",
            ["Feeds:1:Fhir:Subscription:Criteria:0"] = "https://example.org/topics/appointment",
            ["Feeds:1:Fhir:Subscription:Payload"] = "IdOnly",
            ["Feeds:1:Fhir:Subscription:Secret"] = $"Bearer {Guid.NewGuid():N}",
            ["Feeds:1:Fhir:Subscription:Endpoint"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports.Http}/fhir/notifications/{Hilltop}"),
            ["Feeds:1:Fhir:Subscription:Lifetime"] = "60.00:00:00",
            ["Feeds:1:WriteBack:Fhir:BaseUrl"] = fhir,
            ["Inbound:LookEvery"] = "00:00:00.250",
            ["Outreach:LookEvery"] = Often,
            ["Delivery:LookEvery"] = Often,
            ["Replies:LookEvery"] = Often,
            ["WriteBack:LookEvery"] = Often,
        };
    }
}

/// <summary>Where the demo listens.</summary>
internal sealed record DemoPorts(int Http, int Mllp, int Emr);
