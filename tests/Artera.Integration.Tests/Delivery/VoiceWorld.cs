using System.Xml.Linq;
using Artera.Integration.Delivery;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace Artera.Integration.Tests.Delivery;

internal sealed class VoiceWorld : TwilioWorld
{
    private VoiceWorld(TestServer server, FakeTimeProvider clock, FakeTwilio twilio)
        : base(server, clock, twilio)
    {
    }

    public override Medium Medium => Medium.Voice;

    public static async Task<VoiceWorld> Open(params KeyValuePair<string, string?>[] settings)
    {
        var twilio = new FakeTwilio();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        return new VoiceWorld(await Start(clock, services: null, [.. Settings(twilio.Url), LookOften, .. settings]), clock, twilio);
    }

    /// <summary>The words that are heard when the calls are answered.</summary>
    public override async Task<IReadOnlyList<string>> Arrived()
    {
        var heard = new List<string>();
        foreach (var call in Twilio.Texts)
            heard.Add((await Answer(call)).Descendants("Say").First().Value);
        return heard;
    }

    public override async Task Report(OutboundMessage message, DeliveryState state)
    {
        var call = Twilio.Texts.Single(call => call.Callback!.EndsWith($"?message={message.Id}", StringComparison.Ordinal));
        await ReportCall(call, state switch
        {
            DeliveryState.Delivered => "completed",
            DeliveryState.Sent => "in-progress",
            _ => "ringing",
        });
    }

    public async Task ReportCall(FakeTwilio.Text call, string status)
    {
        using var answer = await Call(call.Callback![PublicUrl.Length..], new() { ["CallSid"] = call.Sid, ["CallStatus"] = status, ["To"] = call.To });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Somebody, or a machine, answers; or a key is pressed.</summary>
    public async Task<XElement> Answer(FakeTwilio.Text call, string by = "human", string? key = null)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["CallSid"] = call.Sid, ["To"] = call.To, ["From"] = call.From, ["AnsweredBy"] = by };
        if (key is not null)
            form["Digits"] = key;
        using var answer = await Call(call.Url![PublicUrl.Length..], form);
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/xml");
        return XElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
