using System.Net;
using System.Net.Sockets;
using Artera.Integration.Data;
using Artera.Integration.Demo;
using Artera.Integration.Demo.Story;
using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Journeys;

public sealed class When_the_demo_counts
{
    /// <summary>Booked, texted, answered, written back, over the real sockets.</summary>
    [Theory, OnEveryDatabase]
    public async Task It_ends_with_0_when_every_count_is_right(DatabaseProvider on)
    {
        using var folder = new TempFolder();
        await using var database = await TestDatabase.Create(on, folder.Path);
        var (code, table) = await Run(OnePatientConfirms(), database);

        code.ShouldBe(0, table);
        table.ShouldContain("Every count is right.");
    }

    /// <summary>Subscribed, told, fetched, texted, answered, changed in the FHIR server; and what nobody told of is found out.</summary>
    [Theory, OnEveryDatabase]
    public async Task So_it_does_where_the_EMR_speaks_FHIR(DatabaseProvider on)
    {
        using var folder = new TempFolder();
        await using var database = await TestDatabase.Create(on, folder.Path);
        var script = new Script();
        Storylines.TellOverFhir(script);

        var (code, table) = await Run(script, database);

        code.ShouldBe(0, table);
    }

    [Fact]
    public async Task It_fails_when_a_text_that_was_expected_did_not_go_out()
    {
        var script = OnePatientConfirms();
        script.Expect(Counts.Sent(Names.NoShow));

        var (code, table) = await Run(script);

        code.ShouldBe(1, table);
        table.ShouldContain("differs");
    }

    [Fact]
    public async Task It_fails_when_an_acknowledgement_is_not_the_expected_one()
    {
        var script = OnePatientConfirms();
        script.Send(
            Fortnight.Early(3), InboxState.Ignored, (emr, id, now) => emr.Registered(script.NewPatient(), id, now), acknowledged: "AR");

        (await Run(script)).Code.ShouldBe(1);
    }

    [Fact]
    public void The_script_has_a_believable_fortnight()
    {
        var script = Storylines.Tell();

        script.Expected[Counts.Received].ShouldBeGreaterThan(300);
        foreach (var fate in new[] { InboxState.Stale, InboxState.Held, InboxState.Unmapped, InboxState.Rejected })
            script.Expected[Counts.Of(fate)].ShouldBePositive();
    }

    private static Script OnePatientConfirms()
    {
        var script = new Script();
        Storylines.Confirms(script, 0);
        return script;
    }

    private static async Task<(int Code, string Table)> Run(Script script, TestDatabase? database = null)
    {
        await using var output = new StringWriter();
        var code = await DemoVerb.Run(
            exit: true, new DemoPorts(0, FreePort(), FreePort()), script, output, CancellationToken.None,
            database is null ? null : new DatabaseOptions { Provider = database.Provider, ConnectionString = database.ConnectionString });
        return (code, output.ToString());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
