using Artera.Integration.Delivery;
using Microsoft.AspNetCore.WebUtilities;

namespace Artera.Integration.Tests.Delivery;

/// <summary>Requests as they go over the wire, held against Twilio's own description of them.</summary>
public sealed class What_Twilio_is_sent
{
    [Theory]
    [InlineData(null)]
    [InlineData("MG00000000000000000000000000000001")]
    public async Task A_text_keeps_to_the_rules(string? service)
    {
        await using var world = await TwilioWorld.Open(settings: [new("Twilio:MessagingServiceSid", service)]);

        await world.Becomes(await world.Queue(MediumWorld.Text("sí, mañana 👍 & más = \"x\"")), OutboundState.Sent);

        TwilioRules.CreateMessage.Broken(Form(world)).ShouldBeEmpty();
        Form(world).ContainsKey("MessagingServiceSid").ShouldBe(service is not null);
        world.Twilio.LastPost!.Headers!["Content-Type"].Single().ShouldBe("application/x-www-form-urlencoded");
    }

    [Fact]
    public async Task A_call_keeps_to_the_rules()
    {
        await using var world = await VoiceWorld.Open();

        await world.Becomes(await world.Queue(world.Message() with { Asks = true }), OutboundState.Sent);

        TwilioRules.CreateCall.Broken(Form(world)).ShouldBeEmpty();
    }

    [Fact]
    public void A_form_that_breaks_the_rules_is_noticed() => TwilioRules.CreateMessage
        .Broken(QueryHelpers.ParseQuery("To=15125550101&Bodi=x&StatusCallback=nowhere")).Count().ShouldBe(5);

    private static Dictionary<string, Microsoft.Extensions.Primitives.StringValues> Form(TwilioWorld world) => QueryHelpers.ParseQuery(world.Twilio.LastPost!.Body);
}
