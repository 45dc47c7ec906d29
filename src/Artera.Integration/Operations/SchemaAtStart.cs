using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Operations;

internal static class SchemaAtStart
{
    /// <summary>The embedded database follows its server. One that other servers use is changed when somebody says so.</summary>
    /// <exception cref="StartRefusedException">The database has another schema than this server's.</exception>
    /// <exception cref="DatabaseGoneException">It does not answer.</exception>
    public static async Task PrepareSchema(this IServiceProvider services, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntegrationDb>();
        if (db.Database.IsSqlite())
            await services.MigrateDatabase(cancellation);
        var schema = await SchemaState.Read(db, cancellation);
        var words = $"{char.ToUpperInvariant(schema.InWords[0])}{schema.InWords[1..]}.";
        if (!schema.IsThere)
            throw new DatabaseGoneException(words);
        if (!schema.IsKnown)
            throw new StartRefusedException(words);
    }
}
