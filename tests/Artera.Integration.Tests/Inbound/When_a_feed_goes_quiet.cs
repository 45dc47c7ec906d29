using Artera.Integration.Inbound.Fhir;
using NodaTime;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_a_feed_goes_quiet
{
    private static readonly Instant Now = Instant.FromUtc(2026, 9, 16, 15, 20);

    [Fact]
    public void It_is_said_once_many_should_have_come() =>
        FeedHabit.QuietSince(Weeks(perHour: 6, silent: 3), Now).ShouldBe(Instant.FromUtc(2026, 9, 16, 12, 0));

    [Fact]
    public void A_feed_that_brings_little_is_given_longer() => FeedHabit.QuietSince(Weeks(perHour: 1, silent: 3), Now).ShouldBeNull();

    [Fact]
    public void A_night_as_every_night_is_no_silence() => FeedHabit.QuietSince(Weeks(perHour: 0, silent: 3), Now).ShouldBeNull();

    [Fact]
    public void What_came_this_hour_ends_it()
    {
        var heard = Weeks(perHour: 6, silent: 3);
        heard[Instant.FromUtc(2026, 9, 16, 15, 0)] = 1;

        FeedHabit.QuietSince(heard, Now).ShouldBeNull();
    }

    [Fact]
    public void Hours_in_which_nobody_listened_say_nothing()
    {
        var heard = Weeks(perHour: 6, silent: 3);
        heard.Remove(Instant.FromUtc(2026, 9, 16, 14, 0));

        FeedHabit.QuietSince(heard, Now).ShouldBeNull();
    }

    [Fact]
    public void One_week_is_no_habit()
    {
        var heard = Weeks(perHour: 6, silent: 3).Where(hour => hour.Key > Now - Duration.FromDays(10)).ToDictionary(hour => hour.Key, hour => hour.Value);

        FeedHabit.QuietSince(heard, Now).ShouldBeNull();
    }

    /// <summary>Every hour of five weeks until now alike, and the last ones silent.</summary>
    private static Dictionary<Instant, int> Weeks(int perHour, int silent)
    {
        var last = FeedHabit.HourOf(Now);
        return Enumerable.Range(1, 24 * 35).ToDictionary(back => last - Duration.FromHours(back), back => back <= silent ? 0 : perHour);
    }
}
