using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Delivery;

public sealed class When_texts_go_to_the_sandbox_phone : Every_medium
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_delivered_at_once()
    {
        var message = await World.Becomes(await World.Queue(), OutboundState.Sent);

        message.Delivery.ShouldBe(DeliveryState.Delivered);
        World.Heard<DeliveryReported>().ShouldHaveSingleItem();
        World.Heard<MessageSent>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task It_stands_in_for_e_mail_and_voice_too()
    {
        var email = await World.Queue(MediumWorld.Text() with { Medium = Medium.Email, To = "pat@example.org" });
        var call = await World.Queue(MediumWorld.Text() with { Medium = Medium.Voice });

        await World.Becomes(email, OutboundState.Sent);
        await World.Becomes(call, OutboundState.Sent);
    }

    [Fact]
    public async Task The_patient_can_answer()
    {
        using var http = new HttpClient { BaseAddress = World.Server.Http };
        await World.Becomes(await World.Queue(), OutboundState.Sent);

        var texts = await http.GetFromJsonAsync<JsonArray>("/sandbox/api/texts?since=0", Stop);
        using var answered = await http.PostAsJsonAsync(
            "/sandbox/api/answer",
            new { from = MediumWorld.Patient, to = (string)texts!.Single()!["lineNumber"]!, body = "Y" },
            Stop);
        using var asked = await http.PostAsJsonAsync("/sandbox/api/conversation", new { number = MediumWorld.Patient }, Stop);
        var conversation = await asked.Content.ReadFromJsonAsync<JsonArray>(Stop);

        answered.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var text = await World.Server.Read(db => db.Set<InboundText>().SingleAsync());
        (text.From, text.To, text.Body).ShouldBe((MediumWorld.Patient, MediumWorld.LineNumber, "Y"));
        conversation!.Select(line => ((bool)line!["fromPatient"]!, (string)line["body"]!))
            .ShouldBe([(false, MediumWorld.Text().Body), (true, "Y")]);
    }

    [Fact]
    public async Task The_texts_of_one_number_can_be_asked_for()
    {
        using var http = new HttpClient { BaseAddress = World.Server.Http };
        await World.Becomes(await World.Queue(MediumWorld.Text("one")), OutboundState.Sent);
        await World.Becomes(await World.Queue(MediumWorld.Text("two", to: "+15125550102")), OutboundState.Sent);

        using var asked = await http.PostAsJsonAsync("/sandbox/api/texts/search", new { number = "+15125550102" }, Stop);

        (await asked.Content.ReadFromJsonAsync<JsonArray>(Stop))!.Select(text => (string)text!["body"]!).ShouldBe(["two"]);
        (await World.Server.Read(db => db.SandboxNumbers(10, Stop))).Select(number => number.Number)
            .ShouldBe(["+15125550102", MediumWorld.Patient]);
    }

    [Theory]
    [InlineData("Host", "evil.example.org")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    public async Task Nobody_elsewhere_sees_it(string header, string value)
    {
        using var http = new HttpClient { BaseAddress = World.Server.Http };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox/api/texts");
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await http.SendAsync(request, Stop);

        answer.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task It_is_away_when_it_is_switched_off()
    {
        await using var world = await SandboxWorld.Open(new KeyValuePair<string, string?>("Sandbox:Enabled", "false"));
        using var http = new HttpClient { BaseAddress = world.Server.Http };

        using var answer = await http.GetAsync("/sandbox/api/texts", Stop);
        var message = await world.Becomes(await world.Queue(), OutboundState.Failed);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        world.Server.Services.GetRequiredService<MediumBook>().Serves(Medium.Sms).ShouldBeFalse();
        message.FailureCode.ShouldBe("no-provider");
    }

    protected override async Task<MediumWorld> Open() => await SandboxWorld.Open();

    protected override Task HandOver(IMedium medium, OutboundMessage message) => World.Server.Write(new SandboxText
    {
        OutboundMessageId = message.Id,
        LineNumber = message.From,
        To = message.To,
        Body = message.Body,
        Medium = message.Medium,
        At = message.CreatedAt,
    });
}
