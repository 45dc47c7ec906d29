using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Data;

/// <summary>
/// What every message needs and people change rarely, kept in memory. Whether it has changed is asked of one row, at
/// most every second, so that a change made by another process is followed too.
/// </summary>
public sealed class Snapshot<T>(IServiceScopeFactory scopes, Func<IntegrationDb, CancellationToken, Task<T>> load) : IDisposable
    where T : class
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile Loaded? current;
    private long askedAt;

    public ValueTask<T> Get(CancellationToken cancellation) =>
        current is { } loaded && Stopwatch.GetElapsedTime(Volatile.Read(ref askedAt)) < AskEvery
            ? ValueTask.FromResult(loaded.Value)
            : new ValueTask<T>(Ask(cancellation));

    /// <summary>The next reader asks again.</summary>
    public void Forget() => current = null;

    public void Dispose() => loading.Dispose();

    private async Task<T> Ask(CancellationToken cancellation)
    {
        await loading.WaitAsync(cancellation);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
            var version = await db.Set<SettingsVersion>().Select(row => row.Version).SingleAsync(cancellation);
            if (current is not { } loaded || loaded.Version != version)
                current = loaded = new Loaded(version, await load(db, cancellation));
            Volatile.Write(ref askedAt, Stopwatch.GetTimestamp());
            return loaded.Value;
        }
        finally
        {
            loading.Release();
        }
    }

    private sealed record Loaded(Guid Version, T Value);
}
