using System.Data.Common;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Chaos;

/// <summary>The trigger waits for a lock that we have. The dead server's session would go on with its statement when we let go, so it is ended first.</summary>
internal sealed class HoldUpInPostgreSql(TestDatabase database, string table) : HoldUp(database, table)
{
    private const string Waiting = "FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    private DbConnection? holder;

    public override async Task Begin(string on, string when)
    {
        holder = await Database.Connect();
        await Execute(holder, "SELECT pg_advisory_lock(4711)");
        await Execute($"""
            CREATE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NEW; END $$;
            CREATE TRIGGER hold_up BEFORE {on} ON "{Table}" FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION hold_up();
            """);
    }

    public override async Task<bool> Holds() => (long)(await Execute(holder!, $"SELECT count(*) {Waiting}"))! > 0;

    public override async Task End()
    {
        await Execute(holder!, $"SELECT count(pg_terminate_backend(pid)) {Waiting}");
        await DyingServer.Until(async () => !await Holds(), "the dead server's session has ended");
        await holder!.DisposeAsync();
        await Execute($"""DROP TRIGGER hold_up ON "{Table}"; DROP FUNCTION hold_up();""");
    }
}
