using Artera.Integration.Data;

namespace Artera.Integration.Tests.Data;

public sealed class When_writers_take_turns
{
    private readonly WriteGate gate = new(DatabaseProvider.Sqlite);
    private readonly List<string> order = [];

    [Fact]
    public async Task They_come_in_the_order_in_which_they_asked()
    {
        var first = await gate.Enter(CancellationToken.None);
        var others = new[] { Write("a"), Write("b"), Write("c") };
        first.Dispose();
        await Task.WhenAll(others);
        order.ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task Who_is_waited_for_goes_ahead_but_never_twice_in_a_row()
    {
        var first = await gate.Enter(CancellationToken.None);
        var others = new[] { Write("a"), Write("b"), Write("c"), Ahead("1"), Ahead("2"), Ahead("3"), Ahead("4"), Ahead("5") };
        first.Dispose();
        await Task.WhenAll(others);
        order.ShouldBe(["1", "a", "2", "b", "3", "c", "4", "5"]);
    }

    [Fact]
    public async Task Who_gives_up_is_passed_over()
    {
        var first = await gate.Enter(CancellationToken.None);
        using var patience = new CancellationTokenSource();
        var tired = gate.Enter(patience.Token).AsTask();
        var other = Write("b");
        gate.IsWanted.ShouldBeTrue();
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => tired);
        first.Dispose();
        await other;
        (await gate.Enter(CancellationToken.None)).Dispose();
        gate.IsWanted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_database_with_many_writers_lets_all_of_them_through()
    {
        var open = new WriteGate(DatabaseProvider.PostgreSql);
        using var one = await open.Enter(CancellationToken.None);
        using var two = await open.Enter(CancellationToken.None);
    }

    private Task Write(string name) => Note(gate.Enter(CancellationToken.None), name);

    private Task Ahead(string name) => Note(gate.EnterAhead(CancellationToken.None), name);

    private async Task Note(ValueTask<WriteGate.Turn> asked, string name)
    {
        using var turn = await asked;
        order.Add(name);
    }
}
