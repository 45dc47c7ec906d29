using Artera.Integration.Delivery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Artera.Integration.Tests.Delivery;

public sealed class When_a_text_is_looked_up_at_Twilio : IAsyncLifetime
{
    private TwilioWorld world = null!;

    private FakeTwilio Twilio => world.Twilio;

    public async ValueTask InitializeAsync() => world = await TwilioWorld.Open();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task The_same_words_of_another_day_are_not_it()
    {
        var text = MediumWorld.Text();
        Twilio.Has(text.To, text.From, text.Body, ago: TimeSpan.FromDays(1));
        var message = await world.LeftOpen(text, _ => Task.CompletedTask);

        var sent = await world.Becomes(message, OutboundState.Sent);

        Twilio.Texts.Count.ShouldBe(2);
        sent.ProviderId.ShouldBe(Twilio.Texts[1].Sid);
    }

    [Fact]
    public async Task It_reads_on_to_the_last_page()
    {
        Twilio.PageSize = 2;
        var text = MediumWorld.Text();
        var message = await world.LeftOpen(text, _ => Task.CompletedTask);
        Twilio.Has(text.To, text.From, text.Body, ago: TimeSpan.Zero);
        for (var other = 0; other < 7; other++)
            Twilio.Has(text.To, text.From, $"other words {other}", ago: TimeSpan.Zero);

        var sent = await world.Becomes(message, OutboundState.Sent);

        sent.ProviderId.ShouldBe(Twilio.Texts[0].Sid);
        Twilio.Texts.Count.ShouldBe(8);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task Twilios_clock_need_not_agree_with_ours(int minutes)
    {
        await using var skewed = await TwilioWorld.Open(clock: new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(minutes)));
        var text = MediumWorld.Text();
        skewed.Twilio.Has(text.To, text.From, text.Body, ago: TimeSpan.FromHours(2));
        var message = await skewed.LeftOpen(text, async open => await Medium(skewed).Send(open, CancellationToken.None));

        var sent = await skewed.Becomes(message, OutboundState.Sent);

        sent.ProviderId.ShouldBe(skewed.Twilio.Texts[1].Sid);
        skewed.Twilio.Texts.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("Sent from your Twilio trial account - See you at 9:30, it's the 'new' clinic.")]
    [InlineData("See you at 9:30,  it's the \"new\" clinic.\r\n")]
    public async Task Twilio_may_have_changed_the_text_a_little(string asTwilioHasIt)
    {
        var text = MediumWorld.Text("See you at 9:30, it’s the ‘new’ clinic. ");
        var message = await world.LeftOpen(text, _ => Task.CompletedTask);
        Twilio.Has(text.To, text.From, asTwilioHasIt, ago: TimeSpan.Zero);

        await world.Becomes(message, OutboundState.Sent);

        Twilio.Texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_with_the_same_words_of_which_one_arrived_end_as_two()
    {
        var text = MediumWorld.Text();
        var first = await world.LeftOpen(text, async open => await Medium(world).Send(open, CancellationToken.None));
        var second = await world.LeftOpen(text, _ => Task.CompletedTask);

        var sent = await world.Becomes(first, OutboundState.Sent);
        var alsoSent = await world.Becomes(second, OutboundState.Sent);

        Twilio.Texts.Count.ShouldBe(2);
        new[] { sent.ProviderId, alsoSent.ProviderId }.ShouldBe(Twilio.Texts.Select(text => text.Sid), ignoreOrder: true);
    }

    [Fact]
    public async Task What_a_look_gave_to_the_wrong_message_goes_back_to_the_one_that_Twilio_names()
    {
        var text = MediumWorld.Text();
        var lost = await world.LeftOpen(text, _ => Task.CompletedTask);
        var held = new TaskCompletionSource();
        await using var slow = await TwilioWorld.Open(
            Twilio, world.Clock, services: null, [new("Twilio:Timeout", "00:00:30"), .. world.Server.Database.Settings]);
        await world.Server.Stop();
        Twilio.NextTakesItAndWaitsFor(held.Task);
        var taken = await slow.Queue(text);
        await slow.Becomes(taken, _ => Twilio.Texts.Count == 1, timePasses: false);

        await slow.Becomes(lost, OutboundState.Sent);
        (await slow.Becomes(lost, _ => true, timePasses: false)).ProviderId.ShouldBe(Twilio.Texts[0].Sid);
        held.SetResult();

        (await slow.Becomes(taken, OutboundState.Sent)).ProviderId.ShouldBe(Twilio.Texts[0].Sid);
        (await slow.Becomes(lost, row => row.ProviderId is not null && row.ProviderId != Twilio.Texts[0].Sid)).ProviderId.ShouldBe(Twilio.Texts[1].Sid);
        Twilio.Texts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task It_is_looked_up_again_while_Twilio_cannot_say()
    {
        Twilio.NextLookSays(500);
        Twilio.NextLookSays(200);
        Twilio.NextLookSays(401, 20003);
        var message = await world.LeftOpen(MediumWorld.Text(), _ => Task.CompletedTask);

        var sent = await world.Becomes(message, OutboundState.Sent);

        sent.Attempts.ShouldBe(2);
        (await world.Attempts(message))[0].Looks.ShouldBe(5);
        Twilio.Texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_look_that_misses_is_not_enough()
    {
        var text = MediumWorld.Text();
        var message = await world.LeftOpen(text, _ => Task.CompletedTask);
        await world.Becomes(message, _ => Twilio.Looks >= 1);

        Twilio.Has(text.To, text.From, text.Body, ago: TimeSpan.Zero);

        await world.Becomes(message, OutboundState.Sent);
        Twilio.Texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_days_without_a_word_it_is_given_up_and_staff_sees_why()
    {
        for (var look = 0; look < 60; look++)
            Twilio.NextLookSays(500);
        var message = await world.LeftOpen(MediumWorld.Text(), _ => Task.CompletedTask);

        var failed = await world.Becomes(message, row =>
        {
            world.Clock.Advance(TimeSpan.FromHours(1));
            return row.State == OutboundState.Failed;
        });

        failed.FailureCode.ShouldBe("unsettled");
        Twilio.Texts.ShouldBeEmpty();
        world.Heard<MessageFailed>().ShouldHaveSingleItem();
    }

    private static IMedium Medium(TwilioWorld world) => world.Server.Services.GetRequiredService<MediumBook>().For(Artera.Integration.Delivery.Medium.Sms)!;
}
