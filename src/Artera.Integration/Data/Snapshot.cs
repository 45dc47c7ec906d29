namespace Artera.Integration.Data;

/// <summary>
/// What every message needs and people change rarely, kept in memory and read again when it has changed.
/// </summary>
public sealed class Snapshot<T>(IServiceScopeFactory scopes, Func<IntegrationDb, CancellationToken, Task<T>> load) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile T? current;

    public async ValueTask<T> Get(CancellationToken cancellation)
    {
        if (current is { } loaded)
            return loaded;

        await loading.WaitAsync(cancellation);
        try
        {
            if (current is { } meanwhile)
                return meanwhile;
            await using var scope = scopes.CreateAsyncScope();
            return current = await load(scope.ServiceProvider.GetRequiredService<IntegrationDb>(), cancellation);
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>The next reader loads again.</summary>
    public void Forget() => current = null;

    public void Dispose() => loading.Dispose();
}
