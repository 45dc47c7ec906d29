using Artera.Integration.Delivery;
using Artera.Integration.Tests.Harness;

namespace Artera.Integration.Tests.Delivery;

public sealed class When_a_journey_is_logged
{
    private const string Words = "Zebra-coloured umbrella";

    [Fact]
    public async Task No_line_carries_a_number_or_the_words()
    {
        using var logs = new LogRecords();
        await using var world = await TwilioWorld.Open(services: logs.InsteadOfLogs);
        var text = MediumWorld.Text(Words);
        world.Twilio.NextSays(429, 20429, ("Retry-After", "1"));
        var paused = await world.Becomes(await world.Queue(text), OutboundState.Sent);
        world.Twilio.NextTakesItBut(500);
        var lookedUp = await world.Becomes(await world.Queue(text), OutboundState.Sent);
        world.Twilio.NextSays(400, 21211);
        await world.Becomes(await world.Queue(text), OutboundState.Failed);
        world.Twilio.NextTakesItAndIsSilent();
        await world.Becomes(await world.Queue(text), OutboundState.Sent);
        await world.Report(paused, DeliveryState.Delivered);
        await world.ReportOn(world.Twilio.Texts.Single(taken => taken.Sid == lookedUp.ProviderId), "undelivered", 30006);
        using var kept = await world.Call("/webhooks/twilio/messages", new()
        {
            ["MessageSid"] = "SM0000000000000000000000000000a001",
            ["From"] = MediumWorld.Patient,
            ["To"] = MediumWorld.LineNumber,
            ["Body"] = Words,
        });
        using var forged = await world.Call("/webhooks/twilio/messages", new() { ["From"] = MediumWorld.Patient, ["Body"] = Words }, "forged");
        world.Twilio.NextSays(400, 21610);
        await world.Becomes(await world.Queue(text), OutboundState.Failed);
        await world.Server.Stop();

        kept.IsSuccessStatusCode.ShouldBeTrue();
        world.Twilio.Looks.ShouldBeGreaterThan(0);
        logs.ShouldNotMention(
            Words,
            MediumWorld.Patient, MediumWorld.Patient[1..], "%2B" + MediumWorld.Patient[1..],
            MediumWorld.LineNumber[1..],
            FakeTwilio.Token);
    }
}
