using Artera.Integration.Delivery;

namespace Artera.Integration.Tests.Delivery;

/// <summary>What every medium keeps to whose provider knows opt-outs, and knows afterwards what it was given.</summary>
public abstract class Every_provider_that_can_be_asked : Every_provider
{
    [Fact]
    public async Task Keeps_the_opt_out_that_only_the_provider_knew_of()
    {
        NextSaysOptedOut();
        var message = await World.Queue();

        await World.Becomes(message, OutboundState.Failed);

        (await World.Server.Read(db => db.IsOptedOut(MediumWorld.LineId, World.Address(1), CancellationToken.None))).ShouldBeTrue();
        var later = await World.Becomes(await World.Queue(), OutboundState.Failed);
        later.FailureCode.ShouldBe("opted-out");
        later.Attempts.ShouldBe(0);
        World.Heard<ConsentChanged>().ShouldHaveSingleItem().OptedOut.ShouldBeTrue();
        World.Heard<MessageFailed>().Select(failure => failure.OptedOut).ShouldBe([true, true]);
    }

    [Fact]
    public async Task Does_not_send_again_what_was_taken_before_the_answer_failed()
    {
        NextTakesItButFails();
        var message = await World.Queue();

        var sent = await World.Becomes(message, OutboundState.Sent);

        (await World.Arrived()).Count.ShouldBe(1);
        sent.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Does_not_send_again_what_was_taken_before_the_time_was_up()
    {
        NextTakesItAndIsSilent();
        var message = await World.Queue();

        var sent = await World.Becomes(message, OutboundState.Sent);

        (await World.Arrived()).Count.ShouldBe(1);
        sent.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Takes_a_report_for_the_answer_that_never_came()
    {
        NextTakesItAndIsSilent();
        var message = await World.Queue();
        await World.Server.Until(_ => World.Arrived(), arrived => arrived.Count == 1);

        await World.Report(message, DeliveryState.Delivered);

        var row = await World.Becomes(message, _ => true, timePasses: false);
        (row.State, row.Delivery).ShouldBe((OutboundState.Sent, DeliveryState.Delivered));
    }

    protected abstract void NextSaysOptedOut();

    protected abstract void NextTakesItButFails();

    protected abstract void NextTakesItAndIsSilent();
}
