using System.Globalization;
using Artera.Integration.Data;
using Artera.Integration.Demo;
using Artera.Integration.Enterprise;
using Artera.Integration.Operations;
using Artera.Integration.Outreach;
using Artera.Integration.Tests.Delivery;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Artera.Integration.Tests.Chaos;

/// <summary>One PostgreSQL of its own, server processes on it, and both worlds around them over real sockets: Twilio and an EMR.</summary>
internal sealed class Cell : IAsyncDisposable
{
    public const string Line = "+12175550199";
    public const string PublicUrl = "https://texts.example.org";

    // At any hour, and all of it at once: what there is to send is due while we look.
    private const string Rules = """
        triggers:
          - name: Booked
            send: 0 minutes after booked
            only: { system-status: [Booked, Confirmed] }
            asks: true
            quiet-hours: send-anyway
            sms: { en: "{clientFirstName}, you are booked for {eventDateAtTime}. {eventConfirmText}" }
          - name: Moved
            send: 0 minutes after change
            asks: true
            quiet-hours: send-anyway
            sms: { en: "{clientFirstName}, your visit is now {eventDateAtTime}. {eventConfirmText}" }
          - name: Confirmed
            send: 0 minutes after patient status change
            only: { patient-status: [Confirmed] }
            quiet-hours: send-anyway
            sms: { en: "Thank you, {clientFirstName}: {eventDateAtTime} is confirmed." }
          - name: Cancelled
            send: 0 minutes after patient status change
            only: { patient-status: [Cancelled] }
            quiet-hours: send-anyway
            sms: { en: "{clientFirstName}, we take {eventDateAtTime} off the book." }
        """;

    private readonly TempFolder folder = new();

    private readonly Wire toTwilio;
    private readonly Wire toEmr;
    private readonly Wire toPostgres;

    private Cell(PostgreSqlServer postgres, TestDatabase database, TwilioStandIn twilio, EmrSimulator emr)
    {
        (Postgres, Database, Twilio, Emr) = (postgres, database, twilio, emr);
        (toTwilio, toEmr, toPostgres) = (new Wire(new Uri(twilio.Url).Port), new Wire(emr.Port), new Wire(postgres.Port));
    }

    /// <summary>From the nodes to Twilio, to the EMR and to PostgreSQL.</summary>
    public IReadOnlyList<Wire> Wires => [toTwilio, toEmr, toPostgres];

    public PostgreSqlServer Postgres { get; }

    public TestDatabase Database { get; }

    public TwilioStandIn Twilio { get; }

    public EmrSimulator Emr { get; }

    public static async Task<Cell> Open()
    {
        var postgres = await PostgreSqlServer.Own();
        var cell = new Cell(postgres, await postgres.Create(), await TwilioStandIn.Open(), EmrSimulator.Start());
        await cell.Read(SetUp);
        return cell;
    }

    /// <summary>Another server on the database, not started yet.</summary>
    public ServerProcess Node()
    {
        var node = new ServerProcess(folder, Database);
        foreach (var (name, value) in TwilioWorld.Settings($"http://127.0.0.1:{toTwilio.Port}"))
            node.Set(name.Replace(":", "__", StringComparison.Ordinal), value!);
        node.Set("Twilio__PublicUrl", PublicUrl);
        node.Set("Feeds__0__WriteBack__Mllp__Host", "127.0.0.1");
        node.Set("Feeds__0__WriteBack__Mllp__Port", toEmr.Port);
        node.Set("Database__ConnectionString", new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Port = toPostgres.Port }.ConnectionString);
        return node;
    }

    public async Task<T> Read<T>(Func<IntegrationDb, Task<T>> read)
    {
        await using var db = Database.Open();
        return await read(db);
    }

    public async Task Until(Func<IntegrationDb, Task<bool>> satisfied, TimeSpan within, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await Read(satisfied))
        {
            TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(within, what);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var wire in Wires)
            await wire.DisposeAsync();
        await Emr.DisposeAsync();
        await Twilio.DisposeAsync();
        await Postgres.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>One practice with one line, and the rules above.</summary>
    public static async Task<int> SetUp(IntegrationDb db)
    {
        using var text = new StringReader($$"""
            name: Test Health
            starting-triggers: false
            practices:
              - name: Test Practice
                time-zone: America/New_York
                confirm-text: { en: Reply Y to confirm or N to cancel. }
                lines: [{ number: "{{Line}}", name: Desk }]
                resources: [{ id: RFM-MAIN, name: Clinic }]
            """);
        var system = await new EnterpriseImport(db).Run(EnterpriseFile.Read(text, "test.yaml"), CancellationToken.None);
        using var rules = new StringReader(Rules);
        foreach (var entry in TriggerYaml.Read(rules, "rules.yaml").Triggers)
            db.Add(entry.ToTrigger(system.Id, practiceId: null));
        return await db.SaveChangesAsync();
    }
}
