using System.Globalization;
using System.Text;
using Artera.Integration.Inbound;
using Artera.Integration.Operations;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Operations;

public sealed class When_messages_are_replayed
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    [Theory]
    [InlineData("2026-10-26", "2026-10-26T04:00:00Z")]
    [InlineData("2026-10-26T14:00", "2026-10-26T18:00:00Z")]
    [InlineData("2026-10-26T14:00Z", "2026-10-26T14:00:00Z")]
    [InlineData("2026-10-26T14:00-05:00", "2026-10-26T19:00:00Z")]
    public void A_time_is_the_feeds_own_unless_it_says_otherwise(string text, string time)
    {
        ReplayVerb.TryRead(text, NewYork, Instant.MinValue, out var read).ShouldBeTrue();
        read.ToString().ShouldBe(time);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-13-01")]
    [InlineData("26.10.2026")]
    public void Anything_else_is_no_time(string text) => ReplayVerb.TryRead(text, NewYork, Instant.MinValue, out _).ShouldBeFalse();

    [Fact]
    public async Task Feed_state_and_time_say_which()
    {
        await using var rooms = await Rooms.Open();
        await rooms.Write(
            Message("1", InboxState.Applied, 1), Message("2", InboxState.Held, 2), Message("3", InboxState.Applied, 3), Message("4", InboxState.Applied, 4),
            Message("5", InboxState.Applied, 3, "adt"), Message("6", InboxState.Ignored, 3, cause: InboxSearch.IgnoredByHand));

        (await Which(rooms, null, null, null)).ShouldBe("1234");
        (await Which(rooms, InboxState.Applied, null, null)).ShouldBe("134");
        (await Which(rooms, null, At(2), At(4))).ShouldBe("23");
    }

    [Fact]
    public async Task The_command_line_has_them_applied_again_and_says_what_is_wrong_in_a_line()
    {
        using var folder = new TempFolder();
        (await Cli.Run(folder, "replay", "--feed", "nowhere")).ShouldBe((1, "", "there is no feed nowhere"));
        (await Cli.Run(folder, "replay", "--feed", "main", "--from", "now")).ShouldBe((1, "", "a time reads 2026-10-26, 2026-10-26T14:00 or 2026-10-26T14:00-05:00"));
        (await Cli.Run(folder, "replay", "--feed", "main", "--state", "Rejected")).Code.ShouldBe(1);
        (await Cli.Run(folder, "replay", "--feed", "main")).ShouldBe((0, "0 messages are applied again by the server; nobody is texted about the past.", ""));
        (await Cli.Run(folder, "held")).ShouldBe((0, "Nothing waits for a person.", ""));
        (await Cli.Run(folder, "held", "again", "00000000")).ShouldBe((1, "", "there is no group 00000000"));
        (await Cli.Run(folder, "held", "meaning", "main", "nothing", "ZZZ", "odd")).ShouldBe((1, "", "there is no table nothing"));
    }

    private static async Task<string> Which(Rooms rooms, InboxState? state, Instant? from, Instant? to) =>
        string.Concat(await rooms.Read(db => ReplayVerb.Which(db.Set<InboxMessage>(), "main", state, from, to).OrderBy(row => row.Id).Select(row => row.ControlId).ToListAsync()));

    private static Instant At(int hour) => Instant.FromUtc(2026, 10, 26, hour, 0);

    private static InboxMessage Message(string controlId, InboxState state, int hour, string feed = "main", string? cause = null) => new()
    {
        Feed = feed,
        ReceivedAt = At(hour),
        Raw = Encoding.UTF8.GetBytes(Samples.Siu(controlId)),
        ControlId = controlId,
        BodyHash = int.Parse(controlId, CultureInfo.InvariantCulture),
        Event = "SIU^S12",
        AckCode = "AA",
        State = state,
        Cause = cause,
    };
}
