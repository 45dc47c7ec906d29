using System.Security.Cryptography;
using System.Text;
using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Delivery.Links;

/// <summary>Where links lead and what signs them.</summary>
internal sealed class SignedLinks(IntegrationDb db, WriteGate gate, IOptions<LinkOptions> options)
{
    private const int KeyBytes = 32;

    /// <summary>
    /// The key is read each time, since one that this transaction has made is nobody's until it commits.
    /// </summary>
    public async Task<LinkSigner> Signer(CancellationToken cancellation) => new(
        (options.Value.PublicUrl ?? "").TrimEnd('/'),
        options.Value.Secret is { Length: > 0 } secret ? SHA256.HashData(Encoding.UTF8.GetBytes(secret)) : await KeptKey(cancellation));

    private async Task<byte[]> KeptKey(CancellationToken cancellation)
    {
        if (await db.FindAsync<LinkKey>([LinkKey.Only], cancellation) is { } kept)
            return kept.Key;

        var made = new LinkKey { Id = LinkKey.Only, Key = RandomNumberGenerator.GetBytes(KeyBytes) };
        db.Add(made);
        if (db.Database.CurrentTransaction is not null)
        {
            await db.SaveChangesAsync(cancellation);
            return made.Key;
        }

        try
        {
            using (await gate.Enter(cancellation))
                await db.SaveChangesAsync(cancellation);
            return made.Key;
        }
        catch (DbUpdateException)
        {
            // Somebody else has made it in this moment.
            db.Entry(made).State = EntityState.Detached;
            return (await db.Set<LinkKey>().AsNoTracking().SingleAsync(cancellation)).Key;
        }
    }
}
