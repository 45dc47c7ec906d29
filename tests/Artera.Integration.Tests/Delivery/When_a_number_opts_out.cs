using Artera.Integration.Delivery;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Delivery;

public sealed class When_a_number_opts_out : IAsyncLifetime
{
    private const string Number = "+15125550101";
    private Rooms rooms = null!;

    public async ValueTask InitializeAsync() => rooms = await Rooms.Open();

    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    [Fact]
    public async Task It_is_out_for_that_line_alone()
    {
        (await rooms.Send(new OptOutNumber(1, Number, "reply"))).ShouldBeTrue();

        (await IsOut(1, Number)).ShouldBeTrue();
        (await IsOut(2, Number)).ShouldBeFalse();
        (await IsOut(1, "+15125550102")).ShouldBeFalse();
    }

    [Fact]
    public async Task Saying_so_twice_changes_nothing()
    {
        await rooms.Send(new OptOutNumber(1, Number, "reply"));

        (await rooms.Send(new OptOutNumber(1, Number, "provider"))).ShouldBeFalse();
    }

    [Fact]
    public async Task It_can_come_back()
    {
        await rooms.Send(new OptOutNumber(1, Number, "reply"));

        (await rooms.Send(new OptInNumber(1, Number))).ShouldBeTrue();
        (await rooms.Send(new OptInNumber(1, Number))).ShouldBeFalse();

        (await IsOut(1, Number)).ShouldBeFalse();
    }

    private Task<bool> IsOut(long line, string number) => rooms.Read(db => db.IsOptedOut(line, number, CancellationToken.None));
}
