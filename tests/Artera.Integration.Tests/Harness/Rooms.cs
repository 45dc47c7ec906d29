using Artera.Integration.Data;
using Artera.Integration.Operations;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Artera.Integration.Tests.Harness;

/// <summary>All rooms on a database of their own and a clock that a test turns, without sockets or jobs.</summary>
public sealed class Rooms : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly WebApplication app;
    private bool isGuest;

    private Rooms(TempFolder folder, TestDatabase database, DateTimeOffset now, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        (this.folder, Database) = (folder, database);
        Clock = new FakeTimeProvider(now);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([.. database.Settings, .. settings]);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.AddIntegration();
        app = builder.Build();
    }

    public TestDatabase Database { get; }

    /// <summary>Only where the rooms are on SQLite.</summary>
    public string DatabaseFile => folder.File("test.db");

    public FakeTimeProvider Clock { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Another node on the same database; it goes before this one does.</summary>
    public Rooms Beside() => new(new TempFolder(), Database, Clock.GetUtcNow(), []) { isGuest = true };

    public static Task<Rooms> Open(string now = "2026-10-26T14:00:00Z", params KeyValuePair<string, string?>[] settings) =>
        OpenOn(TestDatabase.Usual, now, settings);

    public static async Task<Rooms> OpenOn(DatabaseProvider on, string now = "2026-10-26T14:00:00Z", params KeyValuePair<string, string?>[] settings)
    {
        var files = new TempFolder();
        var rooms = new Rooms(files, await TestDatabase.Create(on, files.Path), DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), settings);
        await rooms.app.Services.MigrateDatabase(CancellationToken.None);
        return rooms;
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
        db.AddRange(rows);
        return await db.SaveChangesAsync();
    });

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        if (!isGuest)
            await Database.DisposeAsync();
        folder.Dispose();
    }
}
