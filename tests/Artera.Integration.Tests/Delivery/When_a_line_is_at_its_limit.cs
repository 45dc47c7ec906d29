using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Delivery;

/// <summary>A text a second from each line; the clock stands still between two looks.</summary>
public sealed class When_a_line_is_at_its_limit : IAsyncDisposable
{
    private const string OtherLine = "+15125550198";

    private readonly FakeTwilio twilio = new();
    private readonly List<KeyValuePair<string, string?>> settings = [];
    private Rooms rooms = null!;

    public When_a_line_is_at_its_limit() => Set("SegmentsPerSecond", "1");

    public async ValueTask DisposeAsync()
    {
        if (rooms is not null)
            await rooms.DisposeAsync();
        twilio.Dispose();
    }

    [Theory]
    [OnEveryDatabase]
    public async Task A_reply_and_a_reminder_overtake_a_running_campaign(DatabaseProvider on)
    {
        settings.Add(new("Delivery:MostAtOnce", "1"));
        await Open(on);
        for (var number = 1; number <= 6; number++)
            await Queue($"bulk {number}", Priority.Bulk);
        await Look();
        await Queue("reminder", Priority.Reminder);
        await Queue("reply", Priority.Reply);

        await Look(after: 1);
        await Look(after: 1);
        await Look(after: 1);

        Sent.ShouldBe(["bulk 1", "bulk 2", "reply", "reminder", "bulk 3"]);
    }

    [Theory]
    [OnEveryDatabase]
    public async Task Another_line_sends_as_if_nothing_were(DatabaseProvider on)
    {
        await Open(on);
        for (var number = 1; number <= 30; number++)
            await Queue($"here {number}", Priority.Reply);
        await Look();
        await Queue("elsewhere", Priority.Bulk, line: 2);

        await Look();

        Sent.ShouldBe(["here 1", "here 2", "elsewhere"], ignoreOrder: true);
    }

    [Theory]
    [OnEveryDatabase]
    public async Task Two_nodes_together_send_no_faster_and_nothing_twice(DatabaseProvider on)
    {
        await Open(on);
        for (var number = 1; number <= 12; number++)
            await Queue($"text {number}", Priority.Bulk);

        for (var second = 0; second <= 20; second++)
        {
            await Task.WhenAll(LookOnce(), LookOnce());
            Sent.Count.ShouldBeLessThanOrEqualTo(second + 2);
            rooms.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Sent.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(1, 12).Select(number => $"text {number}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_long_text_takes_the_time_of_its_segments()
    {
        await Open();
        await Queue(new string('x', 320), Priority.Reminder);
        await Queue("next", Priority.Reminder);

        await Look();
        await Look(after: 1);
        Sent.ShouldHaveSingleItem();
        await Look(after: 1);
        Sent.Count.ShouldBe(2);
        (await rooms.Read(db => db.Set<OutboundMessage>().OrderBy(row => row.Id).Select(row => row.Segments).ToListAsync())).ShouldBe([3, 1]);
    }

    [Fact]
    public async Task A_line_of_its_own_rate_has_it()
    {
        Set("Lines:0:Number", MediumWorld.LineNumber);
        Set("Lines:0:SegmentsPerSecond", "5");
        await Open();
        for (var number = 1; number <= 20; number++)
        {
            await Queue("here", Priority.Bulk);
            await Queue("elsewhere", Priority.Bulk, line: 2);
        }

        await Look();
        await Look(after: 1);

        (Sent.Count(text => text == "here"), Sent.Count(text => text == "elsewhere")).ShouldBe((11, 3));
    }

    [Theory]
    [OnEveryDatabase]
    public async Task All_lines_together_keep_to_the_limit_of_the_messaging_service(DatabaseProvider on)
    {
        Set("SegmentsPerSecond", "0");
        Set("AllSegmentsPerSecond", "2");
        await Open(on);
        for (var number = 1; number <= 10; number++)
        {
            await Queue("here", Priority.Bulk);
            await Queue("elsewhere", Priority.Reminder, line: 2);
        }

        await Look();
        await Look(after: 1);

        Sent.ShouldBe(Enumerable.Repeat("elsewhere", 5));
    }

    [Theory]
    [OnEveryDatabase]
    public async Task A_429_pauses_that_line_as_long_as_it_asks_and_no_other(DatabaseProvider on)
    {
        Set("SegmentsPerSecond", "0");
        settings.Add(new("Delivery:MostAtOnce", "1"));
        await Open(on);
        await Queue("first", Priority.Reply);
        await Queue("second", Priority.Reply);
        await Queue("elsewhere", Priority.Bulk, line: 2);
        twilio.NextSays(429, 20429, ("Retry-After", "30"));

        await Look();
        Sent.ShouldBe(["elsewhere"]);
        await Look(after: 29);
        Sent.ShouldBe(["elsewhere"]);
        await Look(after: 2);

        Sent.ShouldBe(["elsewhere", "first", "second"], ignoreOrder: true);
        (await rooms.Read(db => db.Set<OutboundMessage>().SingleAsync(row => row.Body == "second"))).Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_server_stops_between_taking_a_text_and_sending_it()
    {
        await Open();
        var message = await Queue("once", Priority.Reminder);
        await rooms.Read(db => db.Set<OutboundMessage>().ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Claim, (Guid?)Guid.NewGuid())
            .SetProperty(row => row.ClaimedUntil, (NodaTime.Instant?)(rooms.Clock.Now() + NodaTime.Duration.FromSeconds(25)))));

        await Look();
        Sent.ShouldBeEmpty();
        await Look(after: 26);

        Sent.ShouldBe(["once"]);
        (await rooms.Read(db => db.Set<OutboundMessage>().SingleAsync())).Id.ShouldBe(message.Id);
    }

    [Theory]
    [OnEveryDatabase]
    public async Task No_more_calls_than_allowed_are_under_way(DatabaseProvider on)
    {
        Set("CallsPerSecond", "0");
        Set("CallsAtOnce", "2");
        await Open(on);
        for (var number = 1; number <= 5; number++)
            await Queue("call", Priority.Reminder, medium: Medium.Voice);

        await Task.WhenAll(LookOnce(), LookOnce());
        await Look();
        twilio.Texts.Count.ShouldBe(2);
        await rooms.Send(new ReportDelivery(twilio.Texts[0].Sid, null, twilio.Texts[0].To, DeliveryState.Delivered));
        await Look();
        twilio.Texts.Count.ShouldBe(3);

        // Of the others nothing was ever heard again.
        await Look(after: 700);
        twilio.Texts.Count.ShouldBe(5);
    }

    [Fact]
    public async Task What_is_due_is_found_by_index()
    {
        await Open();
        for (var number = 1; number <= 5; number++)
            await Queue("here", Priority.Bulk);

        var plans = await QueryPlans.Of(rooms.DatabaseFile, LookOnce);

        plans.ShouldContain(plan => plan.Step.Contains("IX_OutboundMessage_State_Medium_LineId_Priority_DueAt", StringComparison.Ordinal));
        QueryPlans.Scans(plans).ShouldBeEmpty();
    }

    private List<string> Sent => [.. twilio.Texts.Select(text => text.Body)];

    private void Set(string key, string value)
    {
        settings.RemoveAll(setting => setting.Key == $"Delivery:Rates:{key}");
        settings.Add(new($"Delivery:Rates:{key}", value));
    }

    private async Task Open(DatabaseProvider on = DatabaseProvider.Sqlite)
    {
        rooms = await Rooms.OpenOn(on, settings: [.. settings.UnionBy(TwilioWorld.Settings(twilio.Url), setting => setting.Key)]);
        await rooms.Write(new HealthSystem { Name = "Example Health" });
        await rooms.Write(new Practice { HealthSystemId = 1, Name = "Example Clinic", TimeZone = "America/Chicago" });
        await rooms.Write(new Line { PracticeId = 1, Number = MediumWorld.LineNumber, Name = "Front desk" });
        await rooms.Write(new Line { PracticeId = 1, Number = OtherLine, Name = "Back office" });
    }

    private Task<OutboundMessage> Queue(string body, Priority priority, long line = 1, Medium medium = Medium.Sms) => rooms.Send(
        MediumWorld.Text(body, priority) with { LineId = line, From = line == 1 ? MediumWorld.LineNumber : OtherLine, Medium = medium });

    /// <summary>A look until nothing is left that may leave now.</summary>
    private async Task Look(int after = 0)
    {
        rooms.Clock.Advance(TimeSpan.FromSeconds(after));
        await LookOnce();
    }

    private async Task LookOnce()
    {
        await using var scope = rooms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendMessagesJob>().Execute(null!, CancellationToken.None);
    }
}
