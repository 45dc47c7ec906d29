using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.Time.Testing;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_a_frame_never_ends
{
    [Fact]
    public async Task What_came_of_it_is_kept_and_the_connection_closed()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var server = await TestServer.Start(clock, settings: [new("Inbound:Apply", "false")]);
        await using var emr = await MllpPeer.Connect(server.MllpPort);
        await emr.Write(MllpPeer.Frame(Siu("1"))[..60]);
        var hungUp = emr.Read();
        while (!hungUp.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(31));
            await Task.WhenAny(hungUp, Task.Delay(20, TestContext.Current.CancellationToken));
        }

        (await hungUp).ShouldBeNull();
        var row = (await server.Kept()).ShouldHaveSingleItem();
        (row.State, row.Cause, row.Raw.Length).ShouldBe((InboxState.Rejected, "frame-timeout", 59));
    }

    [Fact]
    public async Task An_idle_connection_stays()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var server = await TestServer.Start(clock, settings: [new("Inbound:Apply", "false")]);
        await using var emr = await MllpPeer.Connect(server.MllpPort);
        await emr.Ask(Siu("1"));
        clock.Advance(TimeSpan.FromDays(3));
        Code(await emr.Ask(Siu("2"))).ShouldBe("AA");
    }
}
