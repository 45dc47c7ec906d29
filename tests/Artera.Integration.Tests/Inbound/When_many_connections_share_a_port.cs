using Artera.Integration.Tests.Harness;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_many_connections_share_a_port : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.Start(settings: [new("Inbound:Apply", "false")]);

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Each_is_answered_its_own_in_order()
    {
        await Task.WhenAll(Enumerable.Range(0, 150).Select(async number =>
        {
            await using var emr = await MllpPeer.Connect(server.MllpPort);
            for (var message = 0; message < 6; message++)
                Answers(await emr.Ask(Siu($"{number}-{message}"))).ShouldBe($"{number}-{message}");
        }));
        var kept = await server.Kept();
        kept.Count.ShouldBe(900);
        kept.Select(row => row.ControlId).Distinct().Count().ShouldBe(900);
    }

    [Fact]
    public async Task One_that_does_not_read_its_answers_keeps_nobody_waiting()
    {
        await using var deaf = await MllpPeer.Connect(server.MllpPort);
        await using var emr = await MllpPeer.Connect(server.MllpPort);
        var writing = deaf.Write([.. Enumerable.Range(1, 1000).SelectMany(i => MllpPeer.Frame(Siu($"{i}")))]);
        for (var i = 0; i < 20; i++)
            Answers(await emr.Ask(Siu($"other-{i}"))).ShouldBe($"other-{i}");
        await writing;
        for (var i = 1; i <= 1000; i++)
            Answers((await deaf.Read())!).ShouldBe($"{i}");
    }

    [Fact]
    public async Task Those_who_leave_and_those_who_come_do_not_disturb_the_others()
    {
        await using var stays = await MllpPeer.Connect(server.MllpPort);
        for (var i = 0; i < 60; i++)
        {
            await using var passes = await MllpPeer.Connect(server.MllpPort);
            await passes.Write(MllpPeer.Frame(Siu($"cut-{i}"))[..(i + 10)]);
            Answers(await stays.Ask(Siu($"{i}"))).ShouldBe($"{i}");
        }
    }
}
