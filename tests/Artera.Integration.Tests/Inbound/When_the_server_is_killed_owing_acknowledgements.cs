using Artera.Integration.Tests.Harness;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_the_server_is_killed_owing_acknowledgements
{
    [Fact]
    public async Task They_are_sent_by_the_one_that_starts_next()
    {
        using var folder = new TempFolder();
        using var server = new ServerProcess(folder);
        await using var first = AckListener.Start();
        first.Script([.. Enumerable.Repeat("", 50)]);
        server.Set("Feeds__0__Mllp__ApplicationAcks__Port", first.Port);
        server.Set("Feeds__0__Mllp__ApplicationAcks__AckTimeout", "00:00:01");
        server.Set("Feeds__0__Mllp__ApplicationAcks__ConnectTimeout", "00:00:01");
        await server.Start();
        await using (var emr = await MllpPeer.Connect(server.MllpPort))
        {
            for (var i = 1; i <= 5; i++)
                Code(await emr.Ask(Siu($"M{i}", appointment: $"A{i}", accept: "AL", application: "AL"))).ShouldBe("CA");
        }

        // The first has left, and nobody has said that it arrived.
        await first.Until(1);
        await server.Kill();

        await using var second = AckListener.Start();
        server.Set("Feeds__0__Mllp__ApplicationAcks__Port", second.Port);
        await server.Start();
        await second.Until(5);
        second.Answered().Distinct(StringComparer.Ordinal).ShouldBe(["M1", "M2", "M3", "M4", "M5"]);
        second.Received[0].ShouldBe(first.Received[0]);
    }
}
