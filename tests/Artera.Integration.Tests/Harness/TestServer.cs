using System.Globalization;
using Artera.Integration.Data;
using Artera.Integration.Inbound;
using Artera.Integration.Operations;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Artera.Integration.Tests.Harness;

/// <summary>The whole server: real Kestrel on free ports (HTTP and the feed <c>main</c>), a database of its own.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TempFolder folder;
    private readonly WebApplication app;

    private TestServer(
        TempFolder folder, TestDatabase database, TimeProvider? clock, IEnumerable<KeyValuePair<string, string?>> settings, Action<IServiceCollection>? services)
    {
        (this.folder, Database) = (folder, database);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder.Path });
        builder.Configuration.AddInMemoryCollection(
        [
            .. database.Settings,
            new("Logs:Level", "Fatal"),
            new("Http:Port", "0"),
            new("Feeds:0:Name", "main"),
        ]);
        if (!settings.Any(setting => setting.Key.StartsWith("Feeds:0:Fhir:", StringComparison.Ordinal)))
            builder.Configuration.AddInMemoryCollection([new("Feeds:0:Mllp:Port", "0")]);
        builder.Configuration.AddInMemoryCollection(settings);
        if (clock is not null)
            builder.Services.AddSingleton(clock);
        builder.AddIntegration();
        services?.Invoke(builder.Services);
        app = builder.Build();
        app.MapIntegration();
    }

    public IServiceProvider Services => app.Services;

    public TestDatabase Database { get; }

    /// <summary>Only where the server runs on SQLite.</summary>
    public string DatabaseFile => folder.File("test.db");

    public Uri Http => new(string.Create(CultureInfo.InvariantCulture, $"http://{Services.GetRequiredService<HttpPorts>().First}"));

    public int MllpPort => Port("main");

    public int Port(string feed) => Services.GetRequiredService<MllpPorts>().Of(feed).Port;

    public static Task<TestServer> Start(
        TimeProvider? clock = null,
        Action<IServiceCollection>? services = null,
        params KeyValuePair<string, string?>[] settings) => StartOn(TestDatabase.Usual, clock, services, settings);

    public static async Task<TestServer> StartOn(
        DatabaseProvider on,
        TimeProvider? clock = null,
        Action<IServiceCollection>? services = null,
        params KeyValuePair<string, string?>[] settings)
    {
        var files = new TempFolder();
        var server = new TestServer(files, await TestDatabase.Create(on, files.Path), clock, settings, services);
        try
        {
            await server.app.Services.MigrateDatabase(CancellationToken.None);
            await server.app.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>One command, in its own scope and transaction, as the server runs it.</summary>
    public async Task<T> Send<T>(IRequest<T> command)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(command);
    }

    public async Task<T> Read<T>(Func<IntegrationDb, Task<T>> read)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<IntegrationDb>());
    }

    public Task Write(params object[] rows) => Read(async db =>
    {
        using var turn = await Services.GetRequiredService<WriteGate>().Enter(CancellationToken.None);
        db.AddRange(rows);
        return await db.SaveChangesAsync();
    });

    /// <summary>Reads until what was read satisfies; fails after twenty seconds.</summary>
    public async Task<T> Until<T>(Func<IntegrationDb, Task<T>> read, Func<T, bool> satisfied)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var seen = await Read(read);
            if (satisfied(seen))
                return seen;
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"it stayed {seen}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    public Task Stop() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await Database.DisposeAsync();
        folder.Dispose();
    }
}
