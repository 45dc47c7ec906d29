using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_a_message_is_refused : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private TestServer server = null!;
    private MllpPeer emr = null!;

    public async ValueTask InitializeAsync()
    {
        server = await Start("NORTH");
        emr = await MllpPeer.Connect(server.MllpPort);
    }

    public async ValueTask DisposeAsync()
    {
        await emr.DisposeAsync();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("T", "NORTH", "processing-id", "MSH-11", "202")]
    [InlineData("D", "NORTH", "processing-id", "MSH-11", "202")]
    [InlineData("P", "SOUTH", "wrong-facility", "MSH-4", "103")]
    public async Task Its_header_says_why_and_it_is_kept(string processing, string facility, string cause, string path, string error)
    {
        var ack = await emr.Ask(Siu("1", processing: processing, facility: facility));
        Code(ack).ShouldBe("AR");
        Fields(ack, "ERR")[3].ShouldStartWith(error);
        var row = (await server.Kept()).ShouldHaveSingleItem();
        (row.State, row.Cause, row.CausePath, row.AckCode).ShouldBe((InboxState.Rejected, cause, path, "AR"));
        row.SettledAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_sender_in_enhanced_mode_gets_CR() =>
        Code(await emr.Ask(Siu("1", processing: "T", accept: "AL", application: "NE"))).ShouldBe("CR");

    [Theory]
    [InlineData("this is no HL7 at all", "no-header")]
    [InlineData("MSH|AB|EMR\rPID|1\r", "unreadable-header")]
    [InlineData("PID|1\rMSH|^~\\&|EMR|NORTH|ARTERA|HUB|20261026090000||SIU^S12|5|P|2.5.1\r", "unreadable-header")]
    public async Task What_cannot_be_read_gets_AR_and_the_connection_stays(string text, string cause)
    {
        Code(await emr.Ask(text)).ShouldBe("AR");
        Code(await emr.Ask(Siu("1"))).ShouldBe("AA");
        (await server.Kept())[0].Cause.ShouldBe(cause);
    }

    [Fact]
    public async Task It_is_taken_in_when_it_comes_again_and_the_settings_have_changed()
    {
        Code(await emr.Ask(Siu("1", facility: "SOUTH"))).ShouldBe("AR");
        await server.Stop();
        await using var changed = await Start("SOUTH");
        await using var again = await MllpPeer.Connect(changed.MllpPort);
        Code(await again.Ask(Siu("1", facility: "SOUTH"))).ShouldBe("AA");
        var row = (await changed.Kept()).ShouldHaveSingleItem();
        (row.State, row.Cause, row.AckCode, row.Resends, row.SettledAt).ShouldBe((InboxState.Received, null, "AA", 1, null));
    }

    private Task<TestServer> Start(string facility) => TestServer.Start(settings:
    [
        new("Database:ConnectionString", $"Data Source={folder.File("kept.db")}"),
        new("Inbound:Apply", "false"),
        new("Feeds:0:SendingFacilities:0", facility),
    ]);
}
