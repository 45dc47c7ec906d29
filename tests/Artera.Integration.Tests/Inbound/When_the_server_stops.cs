using System.Net.Sockets;
using Artera.Integration.Tests.Harness;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_the_server_stops
{
    [Fact]
    public async Task Every_message_it_has_kept_is_answered_before_it_hangs_up()
    {
        using var folder = new TempFolder();
        var file = $"Data Source={folder.File("kept.db")}";
        await using var server = await TestServer.Start(settings: [new("Database:ConnectionString", file), new("Inbound:Apply", "false")]);
        var senders = Enumerable.Range(0, 6).Select(sender => SendUntilHungUp(server.MllpPort, sender)).ToList();
        await server.Until(_ => server.Kept(), rows => rows.Count > 50);
        await server.Stop();
        var acknowledged = (await Task.WhenAll(senders)).SelectMany(ids => ids).ToHashSet();

        var kept = (await server.Kept()).Select(row => row.ControlId).ToList();
        kept.ShouldBe(acknowledged, ignoreOrder: true);
        await Should.ThrowAsync<SocketException>(() => MllpPeer.Connect(server.MllpPort));
    }

    private static async Task<List<string>> SendUntilHungUp(int port, int sender)
    {
        await using var emr = await MllpPeer.Connect(port);
        var acknowledged = new List<string>();
        for (var i = 0; ; i++)
        {
            try
            {
                await emr.Send(Siu($"{sender}-{i}"));
            }
            catch (IOException)
            {
                return acknowledged;
            }

            if (await emr.Read() is not { } ack)
                return acknowledged;
            Code(ack).ShouldBe("AA");
            acknowledged.Add(Answers(ack));
        }
    }
}
