using Artera.Integration.Enterprise;

namespace Artera.Integration.Tests.Outreach;

/// <summary>Thanksgiving is Thursday 2026-11-26.</summary>
public sealed class When_the_practice_is_closed
{
    [Theory]
    [InlineData("1 day before start at 10:00", "2026-11-27 15:00", "2026-11-25 10:00")]
    [InlineData("1 day after start at 10:00", "2026-11-25 15:00", "2026-11-27 10:00")]
    [InlineData("24 hours before start", "2026-11-27 15:00", "2026-11-25 15:00")]
    public void A_holiday_moves_a_timed_message(string send, string start, string due) =>
        Due(send, start, Given.Holiday("2026-11-26")).ShouldBe(due);

    [Fact]
    public void A_holiday_comes_back_every_year() =>
        Due("1 day before start at 10:00", "2026-12-26 15:00", Given.Holiday("2020-12-25", yearly: true)).ShouldBe("2026-12-24 10:00");

    [Fact]
    public void A_practice_may_stay_open() =>
        Due("1 day before start at 10:00", "2026-11-27 15:00", Given.Holiday("2026-11-26"), Given.Holiday("2026-11-26", ofPractice: true, openAnyway: true))
            .ShouldBe("2026-11-26 10:00");

    [Fact]
    public void What_answers_at_once_does_not_wait_for_the_holiday_to_end()
    {
        var booked = Given.Appointment("2026-12-24 15:00", booked: "2026-11-26 12:00");
        var verdict = Given.Decide(Given.Trigger("0 minutes after booked"), booked, "2026-11-26 12:00", calendar: Given.Calendar(holidays: Given.Holiday("2026-11-26")));
        Given.Local(verdict!.Value.Due).ShouldBe("2026-11-26 12:00");
    }

    /// <summary>2026-11-22 is a Sunday; the practice is open from Monday to Friday.</summary>
    [Theory]
    [InlineData("2 days before start at 10:00", "2026-11-24 15:00", "2026-11-22 10:00")]
    [InlineData("2 days before start at 10:00 on business days", "2026-11-24 15:00", "2026-11-20 10:00")]
    [InlineData("1 day after start at 10:00 on business days", "2026-11-27 15:00", "2026-11-30 10:00")]
    public void The_weekend_counts_only_when_the_rule_asks_for_business_days(string send, string start, string due) =>
        Due(send, start).ShouldBe(due);

    [Fact]
    public void A_holiday_beside_the_weekend_is_jumped_with_it() =>
        Due("1 day before start at 10:00 on business days", "2026-11-30 15:00", Given.Holiday("2026-11-27"), Given.Holiday("2026-11-26"))
            .ShouldBe("2026-11-25 10:00");

    private static string Due(string send, string start, params Holiday[] holidays) =>
        Given.Local(Given.Decide(Given.Trigger(send), Given.Appointment(start), "2026-10-01 12:00", calendar: Given.Calendar(holidays: holidays))!.Value.Due);
}
