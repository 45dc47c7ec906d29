using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations;

/// <summary>Whether the database has the schema that this build was made for.</summary>
internal sealed record SchemaState(bool IsKnown, string InWords)
{
    public static async Task<SchemaState> Read(IntegrationDb db, CancellationToken cancellation)
    {
        if (!await db.Database.CanConnectAsync(cancellation))
            return new SchemaState(false, "the database cannot be reached, or is not there yet: run db migrate");

        var ours = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        if (applied.Except(ours, StringComparer.Ordinal).FirstOrDefault() is { } stranger)
            return new SchemaState(false, $"the schema is newer than this server: it has {stranger}");
        return ours.Except(applied, StringComparer.Ordinal).FirstOrDefault() is { } missing
            ? new SchemaState(false, $"the schema is older than this server: it lacks {missing}; run db migrate")
            : new SchemaState(true, $"the schema is up to date: {ours[^1]}");
    }
}
