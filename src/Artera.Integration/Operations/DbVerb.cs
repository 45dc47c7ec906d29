using System.CommandLine;
using Artera.Integration.Data;

namespace Artera.Integration.Operations;

internal static class DbVerb
{
    public static Command Create() => new("db", "The database's schema.") { Migrate(), Status(), Script() };

    private static Command Migrate()
    {
        var verb = new Command("migrate", "Bring the schema up to date.");
        verb.SetAction((_, cancellation) => WithoutServing.Run(
            async services =>
            {
                await services.MigrateDatabase(cancellation);
                return await Report(services, cancellation);
            },
            cancellation,
            prepareSchema: false));
        return verb;
    }

    private static Command Status()
    {
        var verb = new Command("status", "Say how the schema stands; exit 1 when it is not this server's.");
        verb.SetAction((_, cancellation) => WithoutServing.Run(services => Report(services, cancellation), cancellation, prepareSchema: false));
        return verb;
    }

    private static Command Script()
    {
        var verb = new Command("script", "Print the SQL that makes the schema or brings it up to date.");
        verb.SetAction((_, cancellation) => WithoutServing.Run(
            async services =>
            {
                await Console.Out.WriteLineAsync(services.GetRequiredService<IntegrationDb>().MigrationScript());
                return 0;
            },
            cancellation,
            prepareSchema: false));
        return verb;
    }

    private static async Task<int> Report(IServiceProvider services, CancellationToken cancellation)
    {
        var schema = await SchemaState.Read(services.GetRequiredService<IntegrationDb>(), cancellation);
        if (!schema.IsKnown)
            return Verbs.Fail(schema.InWords);
        await Console.Out.WriteLineAsync(schema.InWords);
        return 0;
    }
}
