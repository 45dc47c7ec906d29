using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations;

/// <summary>Whether this build may work with the schema of the database: its own, or a newer one that says so.</summary>
/// <param name="IsThere">False: nobody answered who could say.</param>
internal sealed record SchemaState(bool IsKnown, string InWords, bool IsThere = true)
{
    public static async Task<SchemaState> Read(IntegrationDb db, CancellationToken cancellation)
    {
        if (!await db.Database.CanConnectAsync(cancellation))
            return new SchemaState(false, "the database cannot be reached, or is not there yet: run db migrate", IsThere: false);

        var ours = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        if (applied.Except(ours, StringComparer.Ordinal).FirstOrDefault() is { } stranger && !ours.Except(applied, StringComparer.Ordinal).Any())
            return await Newer(db, stranger, cancellation);
        return ours.Except(applied, StringComparer.Ordinal).FirstOrDefault() is { } missing
            ? new SchemaState(false, $"the schema is older than this server: it lacks {missing}; run db migrate")
            : new SchemaState(true, $"the schema is up to date: {ours[^1]}");
    }

    private static async Task<SchemaState> Newer(IntegrationDb db, string stranger, CancellationToken cancellation)
    {
        var floor = await db.Set<SchemaFloor>().Select(row => row.Generation).SingleAsync(cancellation);
        return floor <= SchemaFloor.ThisServer
            ? new SchemaState(true, $"the schema is newer than this server, which may work with it: it has {stranger}")
            : new SchemaState(false, $"the schema is newer than this server, which no longer knows it: it has {stranger}; install the version that made it");
    }
}
