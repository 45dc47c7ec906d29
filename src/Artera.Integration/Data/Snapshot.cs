using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Data;

/// <summary>
/// What every message needs and people change rarely, kept in memory. What this process changes holds with its commit;
/// whether another one has changed something is asked of one row, at most every second.
/// </summary>
public sealed class Snapshot<T>(IServiceScopeFactory scopes, Func<IntegrationDb, CancellationToken, Task<T>> load) : IDisposable
    where T : class
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile Loaded? current;
    private long askedAt;
    private long askedAfter = -1;

    public ValueTask<T> Get(CancellationToken cancellation) =>
        current is { } loaded && Volatile.Read(ref askedAfter) == SettingsVersion.ChangedHere && Stopwatch.GetElapsedTime(Volatile.Read(ref askedAt)) < AskEvery
            ? ValueTask.FromResult(loaded.Value)
            : new ValueTask<T>(Ask(cancellation));

    public void Dispose() => loading.Dispose();

    private async Task<T> Ask(CancellationToken cancellation)
    {
        await loading.WaitAsync(cancellation);
        try
        {
            var changes = SettingsVersion.ChangedHere;
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
            var version = await db.Set<SettingsVersion>().Select(row => row.Version).SingleAsync(cancellation);
            if (current is not { } loaded || loaded.Version != version)
                current = loaded = new Loaded(version, await load(db, cancellation));
            Volatile.Write(ref askedAt, Stopwatch.GetTimestamp());
            Volatile.Write(ref askedAfter, changes);
            return loaded.Value;
        }
        finally
        {
            loading.Release();
        }
    }

    private sealed record Loaded(Guid Version, T Value);
}
