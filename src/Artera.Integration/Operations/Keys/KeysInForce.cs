using System.Security.Cryptography;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations.Keys;

/// <summary>The API keys, read again every few seconds: <c>apikey revoke</c> runs in another process.</summary>
internal sealed class KeysInForce(IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private volatile Loaded? loaded;

    public async ValueTask<ApiKey?> Find(string secret, CancellationToken cancellation)
    {
        var hash = KeySecret.Hash(secret);
        ApiKey? found = null;
        foreach (var key in await Keys(cancellation))
        {
            if (CryptographicOperations.FixedTimeEquals(key.SecretHash, hash))
                found = key;
        }

        return found;
    }

    public async ValueTask<bool> Any(CancellationToken cancellation) => (await Keys(cancellation)).Count > 0;

    private async ValueTask<List<ApiKey>> Keys(CancellationToken cancellation)
    {
        if (loaded is { } known && time.GetElapsedTime(known.At) < Fresh)
            return known.Keys;

        var at = time.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var keys = await scope.ServiceProvider.GetRequiredService<IntegrationDb>().Set<ApiKey>()
            .AsNoTracking().Where(key => key.RevokedAt == null).ToListAsync(cancellation);
        loaded = new Loaded(keys, at);
        return keys;
    }

    private sealed record Loaded(List<ApiKey> Keys, long At);
}
