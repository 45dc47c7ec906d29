using System.Security.Cryptography;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations.Keys;

/// <summary>
/// The API keys. A known one is taken on memory's word for a few seconds only, because <c>apikey revoke</c> runs in
/// another process; an unknown one may be new and is looked up.
/// </summary>
internal sealed class KeysInForce(IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private volatile Loaded? loaded;

    public async ValueTask<ApiKey?> Find(string secret, CancellationToken cancellation)
    {
        var hash = KeySecret.Hash(secret);
        return loaded is { } known && time.GetElapsedTime(known.At) < Fresh && Match(known.Keys, hash) is { } key
            ? key
            : Match(await Load(cancellation), hash);
    }

    public async ValueTask<bool> Any(CancellationToken cancellation) => (await Load(cancellation)).Count > 0;

    private static ApiKey? Match(List<ApiKey> keys, byte[] hash)
    {
        ApiKey? found = null;
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(key.SecretHash, hash))
                found = key;
        }

        return found;
    }

    private async Task<List<ApiKey>> Load(CancellationToken cancellation)
    {
        var at = time.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var keys = await scope.ServiceProvider.GetRequiredService<IntegrationDb>().Set<ApiKey>()
            .AsNoTracking().Where(key => key.RevokedAt == null).ToListAsync(cancellation);
        loaded = new Loaded(keys, at);
        return keys;
    }

    private sealed record Loaded(List<ApiKey> Keys, long At);
}
