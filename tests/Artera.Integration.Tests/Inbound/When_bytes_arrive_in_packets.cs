using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_bytes_arrive_in_packets : IAsyncLifetime
{
    private TestServer server = null!;
    private MllpPeer emr = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start(settings: [new("Inbound:Apply", "false"), new("Feeds:0:Mllp:MaxMessageBytes", "4096")]);
        emr = await MllpPeer.Connect(server.MllpPort);
    }

    public async ValueTask DisposeAsync()
    {
        await emr.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_message_may_come_byte_by_byte()
    {
        foreach (var b in MllpPeer.Frame(Siu("1")))
            await emr.Write([b]);
        Answers((await emr.Read())!).ShouldBe("1");
        (await server.Kept()).ShouldHaveSingleItem().Raw.ShouldBe(MllpPeer.Frame(Siu("1"))[1..^2]);
    }

    [Fact]
    public async Task Many_messages_in_one_packet_are_answered_in_order()
    {
        await emr.Write([.. Enumerable.Range(1, 300).SelectMany(i => MllpPeer.Frame(Siu($"{i}")))]);
        for (var i = 1; i <= 300; i++)
            Answers((await emr.Read())!).ShouldBe($"{i}");
        (await server.Kept()).Select(row => row.ControlId).ShouldBe(Enumerable.Range(1, 300).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Bytes_between_frames_and_a_missing_last_carriage_return_do_no_harm()
    {
        await emr.Write([.. "\r\n  "u8, .. MllpPeer.Frame(Siu("1"))[..^1], .. "\r\n"u8, .. MllpPeer.Frame(Siu("2"))]);
        Answers((await emr.Read())!).ShouldBe("1");
        Answers((await emr.Read())!).ShouldBe("2");
    }

    [Fact]
    public async Task A_frame_cut_off_by_the_next_is_kept_but_never_taken_for_a_message()
    {
        await emr.Write([.. MllpPeer.Frame(Siu("1"))[..60], .. MllpPeer.Frame(Siu("2"))]);
        Answers((await emr.Read())!).ShouldBe("2");
        var rows = await server.Kept();
        rows.Select(row => (row.State, row.Cause)).ShouldBe([(InboxState.Rejected, "cut-off"), (InboxState.Received, null)]);
        rows[0].Raw.ShouldBe(MllpPeer.Frame(Siu("1"))[1..60]);
        rows[0].AckCode.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused_and_its_beginning_kept()
    {
        var ack = await emr.Ask(Siu("1") + "NTE|1||" + new string('x', 100_000) + "\r");
        Code(ack).ShouldBe("AR");
        Answers(ack).ShouldBe("1");
        ack.ShouldContain("4096");
        Code(await emr.Ask(Siu("2"))).ShouldBe("AA");
        var row = (await server.Kept())[0];
        (row.State, row.Cause, row.Raw.Length).ShouldBe((InboxState.Rejected, "too-long", 4096));
    }

    [Fact]
    public async Task A_peer_that_stops_sending_still_hears_its_answers()
    {
        await emr.Write([.. MllpPeer.Frame(Siu("1")), .. MllpPeer.Frame(Siu("2"))[..60]]);
        emr.FinishSending();
        Answers((await emr.Read())!).ShouldBe("1");
        (await emr.Read()).ShouldBeNull();
        (await server.Kept())[1].Cause.ShouldBe("cut-off");
    }

}
