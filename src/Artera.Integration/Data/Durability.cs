using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Data;

public static class Durability
{
    /// <summary>
    /// For work that is done again when it is lost: its commits do not wait for the disk. They are on it with the next
    /// commit that waits, before anything that builds on them, because SQLite's log keeps the order.
    /// </summary>
    public static async Task DoNotWaitForTheDisk(this IntegrationDb db, CancellationToken cancellation)
    {
        if (!db.Database.IsSqlite())
            return;

        // The connection stays open for the scope; the next opening waits for the disk again.
        await db.Database.OpenConnectionAsync(cancellation);
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL", cancellation);
    }
}
