using Artera.Integration.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Delivery;

/// <summary>What every medium keeps to, whoever serves it.</summary>
public abstract class Every_medium : IAsyncLifetime
{
    protected MediumWorld World { get; private set; } = null!;

    public async ValueTask InitializeAsync() => World = await Open();

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Sends_a_queued_message_once_and_records_it()
    {
        var message = await World.Queue();

        var sent = await World.Becomes(message, OutboundState.Sent);

        (await World.Arrived()).ShouldBe([message.Body]);
        sent.ProviderId.ShouldNotBeNullOrEmpty();
        sent.SentAt.ShouldNotBeNull();
        sent.Claim.ShouldBeNull();
        var attempt = (await World.Attempts(message)).ShouldHaveSingleItem();
        attempt.Outcome.ShouldBe(nameof(SendOutcome.Accepted));
        attempt.SettledAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Sends_nothing_to_a_number_that_opted_out_of_the_line_while_it_waited()
    {
        await World.Server.Send(new OptOutNumber(MediumWorld.LineId, World.Address(1), "reply"));
        var message = await World.Queue();
        var other = await World.Queue(World.Message(person: 2));

        var failed = await World.Becomes(message, OutboundState.Failed);
        await World.Becomes(other, OutboundState.Sent);

        failed.FailureCode.ShouldBe("opted-out");
        (await World.Arrived()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sends_the_confirmation_that_a_carrier_demands_though_the_number_opted_out()
    {
        await World.Server.Send(new OptOutNumber(MediumWorld.LineId, World.Address(1), "reply"));

        var message = await World.Queue(World.Message("You will get no more texts.") with { DespiteOptOut = true });

        await World.Becomes(message, OutboundState.Sent);
    }

    [Fact]
    public async Task Sends_nothing_that_has_lost_its_meaning()
    {
        var begun = NodaTime.Instant.FromDateTimeOffset(World.Clock.GetUtcNow() - TimeSpan.FromMinutes(1));

        var message = await World.Queue(World.Message() with { NotAfter = begun });

        (await World.Becomes(message, OutboundState.Failed)).FailureCode.ShouldBe("expired");
        (await World.Arrived()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Finds_what_was_handed_over_before_a_crash_and_does_not_send_it_again_where_that_can_be_known()
    {
        var medium = World.Server.Services.GetRequiredService<MediumBook>().For(World.Medium)!;
        var message = await World.LeftOpen(World.Message(), async open => await HandOver(medium, open));

        var sent = await World.Becomes(message, row => row.State == OutboundState.Sent && row.ProviderId is not null);

        (await World.Arrived()).Count.ShouldBe(CanBeAsked ? 1 : 2);
        sent.Attempts.ShouldBe(CanBeAsked ? 1 : 2);
    }

    [Fact]
    public async Task Sends_again_what_was_surely_never_handed_over()
    {
        var message = await World.LeftOpen(World.Message(), _ => Task.CompletedTask);

        var sent = await World.Becomes(message, OutboundState.Sent);

        (await World.Arrived()).Count.ShouldBe(1);
        sent.Attempts.ShouldBe(2);
        (await World.Attempts(message)).Select(attempt => attempt.Outcome)
            .ShouldBe([nameof(SendOutcome.NotThere), nameof(SendOutcome.Accepted)]);
    }

    [Fact]
    public async Task Takes_the_same_report_twice_and_an_older_one_late()
    {
        var message = await World.Becomes(await World.Queue(), OutboundState.Sent);

        await World.Report(message, DeliveryState.Delivered);
        await World.Report(message, DeliveryState.Delivered);
        await World.Report(message, DeliveryState.Sent);
        await World.Report(message, DeliveryState.Queued);

        var row = await World.Becomes(message, _ => true);
        row.Delivery.ShouldBe(DeliveryState.Delivered);
        row.DeliveredAt.ShouldNotBeNull();
        row.State.ShouldBe(OutboundState.Sent);
    }

    [Fact]
    public async Task Lets_each_of_many_messages_leave_once()
    {
        const int Many = 60;
        for (var number = 0; number < Many; number++)
            await World.Queue(World.Message($"message {number}", (Priority)(number % 3)));

        await World.Server.Until(
            db => db.Set<OutboundMessage>().CountAsync(row => row.State == OutboundState.Sent),
            count => count == Many);

        (await World.Arrived()).Distinct().Count().ShouldBe(Many);
        (await World.Arrived()).Count.ShouldBe(Many);
    }

    protected virtual bool CanBeAsked => true;

    protected abstract Task<MediumWorld> Open();

    /// <summary>Hands the message to the other side behind the server's back, as a server does that dies right after.</summary>
    protected virtual Task HandOver(IMedium medium, OutboundMessage message) => medium.Send(message, TestContext.Current.CancellationToken);
}
