using Artera.Integration.Data;
using Artera.Integration.Inbound;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_messages_arrive_while_others_are_applied
{
    private readonly WriteGate gate = new(DatabaseProvider.Sqlite);

    [Fact]
    public void A_turn_is_long_while_nobody_else_writes() => new TurnLength(gate).Next(0).ShouldBe(50);

    [Fact]
    public async Task It_is_short_when_somebody_does_and_longer_the_further_we_are_behind()
    {
        var turns = new TurnLength(gate);
        await SomebodyWrites();
        turns.Next(0).ShouldBe(3);
        turns.Next(10).ShouldBe(13);
        turns.Next(1000).ShouldBe(50);
    }

    [Fact]
    public async Task As_many_are_taken_as_fit_into_it()
    {
        var turns = new TurnLength(gate);
        for (var turn = 0; turn < 20; turn++)
            turns.Was(TimeSpan.FromMilliseconds(20), applied: 2);
        turns.Next(0).ShouldBe(5);
        await SomebodyWrites();
        turns.Next(0).ShouldBe(1);
    }

    [Fact]
    public void Where_many_may_write_a_turn_is_always_long() =>
        new TurnLength(new WriteGate(DatabaseProvider.PostgreSql)).Next(0).ShouldBe(128);

    private async Task SomebodyWrites() => (await gate.Enter(CancellationToken.None)).Dispose();
}
