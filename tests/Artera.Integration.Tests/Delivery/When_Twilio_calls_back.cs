using System.Net;
using Artera.Integration.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Tests.Delivery;

public sealed class When_Twilio_calls_back : IAsyncLifetime
{
    private const string Messages = "/webhooks/twilio/messages";
    private TwilioWorld world = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => world = await TwilioWorld.Open();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_patients_text_is_kept_once_and_answered_without_words()
    {
        using var answer = await world.Call(Messages, Answer("sí, gracias 👍"));
        using var again = await world.Call(Messages, Answer("sí, gracias 👍"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/xml");
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldBe("<Response/>");
        var text = await world.Server.Read(db => db.Set<InboundText>().SingleAsync());
        (text.From, text.To, text.Body).ShouldBe((MediumWorld.Patient, MediumWorld.LineNumber, "sí, gracias 👍"));
        text.CarrierKeyword.ShouldBeNull();
    }

    [Fact]
    public async Task Pictures_and_the_carriers_own_reading_are_noted()
    {
        var form = Answer("STOP");
        form["OptOutType"] = "STOP";
        form["NumMedia"] = "2";

        using var answer = await world.Call(Messages, form);

        var text = await world.Server.Read(db => db.Set<InboundText>().SingleAsync());
        (text.CarrierKeyword, text.MediaCount).ShouldBe(("STOP", 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bm90IHRoZSBzaWduYXR1cmU=")]
    public async Task Nothing_is_kept_without_the_right_signature(string signature)
    {
        using var answer = await world.Call(Messages, Answer("Y"), signature);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await world.Server.Read(db => db.Set<InboundText>().AnyAsync())).ShouldBeFalse();
    }

    [Fact]
    public async Task The_signature_of_one_message_does_not_serve_for_another()
    {
        var first = await Sent();
        var second = await Sent("another");
        var form = Report(first, "delivered");
        var signature = Artera.Integration.Delivery.Twilio.TwilioSignature.Of(
            FakeTwilio.Token, TwilioWorld.PublicUrl + Path(first), [.. form.Select(field => KeyValuePair.Create(field.Key, new Microsoft.Extensions.Primitives.StringValues(field.Value)))]);

        using var answer = await world.Call(Path(second), form, signature);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_report_is_written_down_before_it_is_answered()
    {
        var message = await Sent();

        using var answer = await world.Call(Path(message), Report(message, "delivered"));

        answer.IsSuccessStatusCode.ShouldBeTrue();
        (await Row(message)).Delivery.ShouldBe(DeliveryState.Delivered);
        world.Heard<DeliveryReported>().ShouldHaveSingleItem().Message.Id.ShouldBe(message.Id);
    }

    [Theory]
    [InlineData("undelivered", 30003, DeliveryState.Undelivered, false, false)]
    [InlineData("failed", 30008, DeliveryState.Failed, false, false)]
    [InlineData("undelivered", 30006, DeliveryState.Undelivered, false, true)]
    [InlineData("failed", 21610, DeliveryState.Failed, true, false)]
    [InlineData("failed", 30001, DeliveryState.Failed, false, false)]
    public async Task A_text_that_did_not_arrive_is_a_failure(string status, int code, DeliveryState state, bool optedOut, bool notMobile)
    {
        var message = await Sent();

        await world.ReportOn(world.Twilio.Texts.Single(), status, code);
        await world.ReportOn(world.Twilio.Texts.Single(), status, code);

        var row = await Row(message);
        (row.State, row.Delivery, row.FailureCode).ShouldBe((OutboundState.Sent, state, code.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var failure = world.Heard<MessageFailed>().ShouldHaveSingleItem();
        (failure.OptedOut, failure.NotMobile).ShouldBe((optedOut, notMobile));
        (await world.Server.Read(db => db.IsOptedOut(MediumWorld.LineId, MediumWorld.Patient, Stop))).ShouldBe(optedOut);
    }

    [Fact]
    public async Task What_it_says_last_does_not_count_but_what_says_most()
    {
        string[] reports = ["delivered", "sent", "undelivered", "queued", "sending"];
        var outcomes = new List<DeliveryState>();
        for (var turn = 0; turn < reports.Length; turn++)
        {
            var message = await Sent($"text {turn}");
            foreach (var report in reports.Skip(turn).Concat(reports.Take(turn)))
            {
                using var answer = await world.Call(Path(message), Report(message, report));
            }

            outcomes.Add((await Row(message)).Delivery);
        }

        outcomes.ShouldAllBe(state => state == DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_report_that_comes_before_the_answer_settles_the_message()
    {
        var answerTo = new TaskCompletionSource();
        await using var slow = await TwilioWorld.Open(settings: [new("Twilio:Timeout", "00:00:30")]);
        slow.Twilio.NextTakesItAndWaitsFor(answerTo.Task);
        var message = await slow.Queue();
        await slow.Becomes(message, _ => slow.Twilio.Texts.Count == 1, timePasses: false);

        await slow.ReportOn(slow.Twilio.Texts.Single(), "sent");

        var row = await slow.Becomes(message, _ => true, timePasses: false);
        (row.State, row.ProviderId).ShouldBe((OutboundState.Sent, slow.Twilio.Texts.Single().Sid));
        answerTo.SetResult();
        await slow.Becomes(await slow.Queue(MediumWorld.Text("after")), OutboundState.Sent);
        slow.Heard<MessageSent>().Count(sent => sent.Message.Id == message.Id).ShouldBe(1);
    }

    [Fact]
    public async Task A_report_that_names_a_message_to_somebody_else_changes_nothing()
    {
        var message = await Sent();
        var form = Report(message, "undelivered");
        form["MessageSid"] = "SM000000000000000000000000000000ff";
        form["To"] = "+15125550177";

        using var answer = await world.Call(Path(message), form);

        answer.IsSuccessStatusCode.ShouldBeTrue();
        (await Row(message)).Delivery.ShouldBe(DeliveryState.Sent);
    }

    [Fact]
    public async Task Without_a_form_it_is_turned_away()
    {
        using var http = new HttpClient { BaseAddress = world.Server.Http };

        using var answer = await http.PostAsync("/webhooks/twilio/status", new StringContent("{}"), Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static Dictionary<string, string> Answer(string body) => new()
    {
        ["MessageSid"] = "SM0000000000000000000000000000a001",
        ["From"] = MediumWorld.Patient,
        ["To"] = MediumWorld.LineNumber,
        ["Body"] = body,
        ["NumMedia"] = "0",
    };

    private static string Path(OutboundMessage message) => $"/webhooks/twilio/status?message={message.Id}";

    private static Dictionary<string, string> Report(OutboundMessage message, string status) => new()
    {
        ["MessageSid"] = message.ProviderId!,
        ["MessageStatus"] = status,
        ["To"] = message.To,
        ["From"] = message.From,
    };

    private async Task<OutboundMessage> Sent(string body = "See you on Tuesday.") =>
        await world.Becomes(await world.Queue(MediumWorld.Text(body)), OutboundState.Sent);

    private Task<OutboundMessage> Row(OutboundMessage message) => world.Becomes(message, _ => true, timePasses: false);
}
