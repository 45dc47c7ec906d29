using System.Text;
using Artera.Integration.Delivery;
using Artera.Integration.Delivery.Sandbox;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Delivery;

public sealed class When_texts_go_by_Twilio : Every_provider_that_can_be_asked
{
    private FakeTwilio Twilio => ((TwilioWorld)World).Twilio;

    [Fact]
    public async Task The_line_is_the_sender_and_the_report_will_name_the_message()
    {
        var message = await World.Queue(MediumWorld.Text("¿Nos vemos el martes? 👍"));

        await World.Becomes(message, OutboundState.Sent);

        var form = QueryHelpers.ParseQuery(Twilio.LastPost!.Body);
        form["From"].ToString().ShouldBe(MediumWorld.LineNumber);
        form["To"].ToString().ShouldBe(MediumWorld.Patient);
        form["Body"].ToString().ShouldBe("¿Nos vemos el martes? 👍");
        form["StatusCallback"].ToString().ShouldBe($"{TwilioWorld.PublicUrl}/webhooks/twilio/status?message={message.Id}");
        form.ContainsKey("MessagingServiceSid").ShouldBeFalse();
        SignedInAs().ShouldBe($"{FakeTwilio.Account}:{FakeTwilio.Token}");
    }

    [Fact]
    public async Task A_Messaging_Service_and_an_API_key_are_used_when_set()
    {
        const string Key = "SK00000000000000000000000000000001";
        const string Service = "MG00000000000000000000000000000001";
        await using var world = await TwilioWorld.Open(settings:
        [
            new("Twilio:ApiKeySid", Key), new("Twilio:ApiKeySecret", "synthetic-secret"), new("Twilio:MessagingServiceSid", Service),
        ]);

        await world.Becomes(await world.Queue(), OutboundState.Sent);

        var post = world.Twilio.LastPost!;
        QueryHelpers.ParseQuery(post.Body)["MessagingServiceSid"].ToString().ShouldBe(Service);
        QueryHelpers.ParseQuery(post.Body)["From"].ToString().ShouldBe(MediumWorld.LineNumber);
        SignedInAs(post).ShouldBe($"{Key}:synthetic-secret");
    }

    [Fact]
    public async Task The_sandbox_keeps_out_of_the_way()
    {
        await World.Becomes(await World.Queue(), OutboundState.Sent);

        World.Server.Services.GetRequiredService<MediumBook>().SandboxOn.ShouldBeFalse();
        World.Server.Services.GetRequiredService<MediumBook>().Serves(Medium.Email).ShouldBeFalse();
        (await World.Server.Read(db => Task.FromResult(db.Set<SandboxText>().Any()))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_reply_passes_while_another_message_waits_for_its_answer()
    {
        await using var world = await TwilioWorld.Open(settings: [new("Twilio:Timeout", "00:00:30")]);
        var held = new TaskCompletionSource();
        world.Twilio.NextWaitsFor(held.Task);
        var stuck = await world.Queue();
        await world.Becomes(stuck, row => row.State == OutboundState.Sending, timePasses: false);

        var reply = await world.Queue(MediumWorld.Text("Thank you.", Priority.Reply));

        await world.Becomes(reply, row => row.State == OutboundState.Sent, timePasses: false);
        held.Task.IsCompleted.ShouldBeFalse();
        held.SetResult();
        await world.Becomes(stuck, OutboundState.Sent);
        (await world.Attempts(stuck)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Replies_leave_before_reminders_and_reminders_before_bulk()
    {
        await using var world = await TwilioWorld.Open(settings: [new("Delivery:MostAtOnce", "1"), new("Twilio:Timeout", "00:00:30")]);
        var held = new TaskCompletionSource();
        world.Twilio.NextWaitsFor(held.Task);
        var first = await world.Queue(MediumWorld.Text("first", Priority.Bulk));
        await world.Becomes(first, row => row.State == OutboundState.Sending, timePasses: false);
        await world.Queue(MediumWorld.Text("bulk", Priority.Bulk));
        await world.Queue(MediumWorld.Text("reminder", Priority.Reminder));
        var last = await world.Queue(MediumWorld.Text("reply", Priority.Reply));
        var bulk = await world.Queue(MediumWorld.Text("bulk too", Priority.Bulk));

        held.SetResult();

        await world.Becomes(last, OutboundState.Sent);
        await world.Becomes(bulk, OutboundState.Sent);
        (await world.Arrived()).ShouldBe(["first", "reply", "reminder", "bulk", "bulk too"]);
    }

    protected override async Task<MediumWorld> Open() => await TwilioWorld.Open();

    protected override void NextAsksForAPauseOf(TimeSpan pause) =>
        Twilio.NextSays(429, 20429, ("Retry-After", ((int)pause.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture)));

    protected override void NextRefuses() => Twilio.NextSays(400, 21211);

    protected override void NextSaysOptedOut() => Twilio.NextSays(400, 21610);

    protected override void NextSaysNotMobile() => Twilio.NextSays(400, 21614);

    protected override void NextTakesItButFails() => Twilio.NextTakesItBut(500);

    protected override void NextTakesItAndIsSilent() => Twilio.NextTakesItAndIsSilent();

    protected override void NextIsSilent() => Twilio.NextIsSilent();

    private string SignedInAs() => SignedInAs(Twilio.LastPost!);

    private static string SignedInAs(WireMock.IRequestMessage post) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(post.Headers!["Authorization"].Single()["Basic ".Length..]));
}
