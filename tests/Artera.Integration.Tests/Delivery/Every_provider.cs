using Artera.Integration.Delivery;

namespace Artera.Integration.Tests.Delivery;

/// <summary>What every medium keeps to whose provider can fail, refuse and fall silent.</summary>
public abstract class Every_provider : Every_medium
{
    [Fact]
    public async Task Tries_again_after_the_pause_that_was_asked_for()
    {
        NextAsksForAPauseOf(TimeSpan.FromMinutes(3));
        var message = await World.Queue();

        var waiting = await World.Becomes(message, row => row is { State: OutboundState.Queued, Attempts: 1 }, timePasses: false);

        (waiting.DueAt - waiting.CreatedAt).ShouldBe(NodaTime.Duration.FromTimeSpan(PauseAfter(TimeSpan.FromMinutes(3))));
        (await World.Arrived()).ShouldBeEmpty();
        await World.Becomes(message, OutboundState.Sent);
        (await World.Arrived()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Gives_up_what_is_refused_for_good()
    {
        NextRefuses();
        var message = await World.Queue();

        var failed = await World.Becomes(message, OutboundState.Failed);

        failed.Delivery.ShouldBe(DeliveryState.Failed);
        FailureWords.For(failed.FailureCode!).ShouldEndWith(".");
        failed.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Says_that_a_number_is_not_mobile()
    {
        NextSaysNotMobile();
        var message = await World.Queue();

        await World.Becomes(message, OutboundState.Failed);

        World.Heard<MessageFailed>().ShouldHaveSingleItem().NotMobile.ShouldBeTrue();
        (await World.Server.Read(db => db.IsOptedOut(MediumWorld.LineId, World.Address(1), CancellationToken.None))).ShouldBeFalse();
    }

    [Fact]
    public async Task Sends_again_what_was_not_taken_though_nobody_answered()
    {
        NextIsSilent();
        var message = await World.Queue();

        var sent = await World.Becomes(message, OutboundState.Sent);

        (await World.Arrived()).Count.ShouldBe(1);
        sent.Attempts.ShouldBe(2);
    }

    protected abstract void NextAsksForAPauseOf(TimeSpan pause);

    /// <summary>A provider that names no pause gets the first of the policy.</summary>
    protected virtual TimeSpan PauseAfter(TimeSpan asked) => asked;

    protected abstract void NextRefuses();

    protected abstract void NextSaysNotMobile();

    protected abstract void NextIsSilent();
}
