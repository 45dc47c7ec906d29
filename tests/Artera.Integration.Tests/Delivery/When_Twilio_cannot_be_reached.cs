using System.Net;
using System.Net.Sockets;
using Artera.Integration.Delivery;

namespace Artera.Integration.Tests.Delivery;

public sealed class When_Twilio_cannot_be_reached
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_text_surely_did_not_leave_and_is_tried_again_without_a_look()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await using var world = await TwilioWorld.Open(settings: [new("Twilio:BaseUrl", $"http://127.0.0.1:{port}")]);

        var message = await world.Becomes(await world.Queue(), row => row is { State: OutboundState.Queued, Attempts: 1 }, timePasses: false);

        (await world.Attempts(message)).ShouldHaveSingleItem().Code.ShouldBe("no-connection");
        FailureWords.For("no-connection").ShouldBe("Twilio could not be reached.");
    }

    [Fact]
    public async Task A_connection_cut_after_the_text_was_written_leaves_it_open()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var cutting = CutOffAfterReading(listener);
        await using var world = await TwilioWorld.Open(
            settings: [new("Twilio:BaseUrl", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), new("Twilio:Timeout", "00:00:30")]);

        var message = await world.Queue();

        await cutting;
        listener.Stop();
        await world.Server.Until(
            async _ => (await world.Attempts(message)).Single(),
            attempt => attempt.Code == "cut-off");
        (await world.Becomes(message, _ => true, timePasses: false)).State.ShouldBe(OutboundState.Sending);
    }

    private static async Task CutOffAfterReading(TcpListener listener)
    {
        using var socket = await listener.AcceptSocketAsync(Stop);
        var buffer = new byte[16 * 1024];
        var text = "";
        while (!text.Contains("Body=", StringComparison.Ordinal))
            text += System.Text.Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Stop));
    }
}
