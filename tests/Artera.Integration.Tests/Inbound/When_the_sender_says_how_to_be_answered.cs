using Artera.Integration.Tests.Harness;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_the_sender_says_how_to_be_answered : IAsyncLifetime
{
    private TestServer server = null!;
    private MllpPeer emr = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start(settings: [new("Inbound:Apply", "false")]);
        emr = await MllpPeer.Connect(server.MllpPort);
    }

    public async ValueTask DisposeAsync()
    {
        await emr.DisposeAsync();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("", "", "AA")]
    [InlineData("AL", "NE", "CA")]
    [InlineData("SU", "NE", "CA")]
    [InlineData("NE", "AL", "AA")]
    [InlineData("AL", "AL", "CA")]
    public async Task The_mode_is_the_one_it_asks_for(string accept, string application, string expected)
    {
        var ack = await emr.Ask(Siu("7", accept: accept, application: application));
        Code(ack).ShouldBe(expected);
        Answers(ack).ShouldBe("7");
        (await server.Kept()).ShouldHaveSingleItem().AckCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("NE", "NE")]
    [InlineData("ER", "NE")]
    public async Task Silence_is_kept_where_silence_is_asked_for(string accept, string application)
    {
        await emr.Send(Siu("1", accept: accept, application: application));
        Answers(await emr.Ask(Siu("2"))).ShouldBe("2");
        (await server.Kept()).Select(row => row.AckCode).ShouldBe(["", "AA"]);
    }

    [Fact]
    public async Task The_answer_goes_from_us_to_the_sender_and_is_kept_as_sent()
    {
        var ack = await emr.Ask(Siu("1"));
        Fields(ack, "MSH")[2..6].ShouldBe(["ARTERA", "HUB", "EMR", "NORTH"]);
        Fields(ack, "MSH")[8].ShouldBe("ACK^S12^ACK");
        System.Text.Encoding.UTF8.GetString((await server.Kept())[0].Ack!).ShouldBe(ack);
    }

    [Fact]
    public async Task A_start_of_the_sequence_protocol_is_told_the_next_number()
    {
        const string start = "MSH|^~\\&|EMR|NORTH|ARTERA|HUB|20261026090000|||S1|P|2.5.1|0\r";
        Fields(await emr.Ask(start), "MSA")[4].ShouldBe("-1");
        await emr.Ask(Siu("1").Replace("2.5.1|||", "2.5.1|41||", StringComparison.Ordinal));
        var ack = await emr.Ask(start.Replace("S1", "S2", StringComparison.Ordinal));
        (Code(ack), Fields(ack, "MSA")[4]).ShouldBe(("AA", "42"));
        Fields(await emr.Ask(start), "MSA")[4].ShouldBe("42");
    }
}
