using Artera.Integration.Delivery;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Artera.Integration.Tests.Delivery;

/// <summary>
/// A server dies around each of its steps (claim, record, hand over, settle) and another goes on with the same
/// database: the text has left once, neither twice nor never.
/// </summary>
public sealed class When_a_sender_dies : IDisposable
{
    private readonly FakeTwilio twilio = new();
    private readonly LogRecords criesOfTheDying = new();
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());

    public enum Step
    {
        Queue = 1,
        Claim = 2,
        Record = 3,
        Settle = 4,
    }

    [Theory]
    [InlineData(Step.Claim, false)]
    [InlineData(Step.Claim, true)]
    [InlineData(Step.Record, false)]
    [InlineData(Step.Record, true)]
    [InlineData(Step.Settle, false)]
    [InlineData(Step.Settle, true)]
    public async Task Around_a_write_the_text_still_leaves_once(Step step, bool keepsTheWrite)
    {
        var cut = new PowerCut((int)step, keepsTheWrite);

        await DieAndGoOn(cut);

        twilio.Texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task With_the_text_on_its_way_and_lost_it_still_leaves_once()
    {
        var cut = new PowerCut(PowerCut.Never, keepsIt: true);
        twilio.BeforeTaking = cut.Now;
        twilio.NextSays(500);

        await DieAndGoOn(cut);

        twilio.Texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task With_the_text_taken_and_the_answer_lost_it_still_leaves_once()
    {
        var cut = new PowerCut(PowerCut.Never, keepsIt: true);
        twilio.AfterTaking = cut.Now;

        await DieAndGoOn(cut);

        twilio.Texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task With_the_text_taken_the_report_alone_settles_it()
    {
        var cut = new PowerCut((int)Step.Settle, keepsIt: false);
        await using var first = await TwilioWorld.Open(twilio, clock, cut.WireIn + (Action<IServiceCollection>)criesOfTheDying.InsteadOfLogs);
        var message = await first.Queue();
        await cut.Happened;
        await first.Server.Stop();
        await using var second = await Another(first);

        await second.ReportOn(twilio.Texts.Single(), "delivered");

        var settled = await second.Becomes(message, _ => true, timePasses: false);
        (settled.State, settled.Delivery).ShouldBe((OutboundState.Sent, DeliveryState.Delivered));
        (await second.Attempts(message)).ShouldHaveSingleItem().Outcome.ShouldBe(nameof(SendOutcome.Accepted));
    }

    public void Dispose()
    {
        twilio.Dispose();
        criesOfTheDying.Dispose();
    }

    private async Task DieAndGoOn(PowerCut cut)
    {
        await using var first = await TwilioWorld.Open(twilio, clock, cut.WireIn + (Action<IServiceCollection>)criesOfTheDying.InsteadOfLogs);
        var message = await first.Queue();
        await cut.Happened;
        await first.Server.Stop();
        twilio.BeforeTaking = twilio.AfterTaking = () => { };

        await using var second = await Another(first);

        var sent = await second.Becomes(message, OutboundState.Sent);
        sent.ProviderId.ShouldBe(twilio.Texts.Single().Sid);

        // What the first one left behind must not wake up later.
        clock.Advance(TimeSpan.FromHours(2));
        await second.Becomes(await second.Queue(MediumWorld.Text("another", to: "+15125550102")), OutboundState.Sent);
        twilio.Forget("another");
    }

    private Task<TwilioWorld> Another(TwilioWorld first) =>
        TwilioWorld.Open(twilio, clock, services: null, [.. first.Server.Database.Settings]);
}
