using Artera.Integration.Outreach;

namespace Artera.Integration.Tests.Outreach;

public sealed class When_a_message_falls_due_at_night
{
    /// <summary>Two hours before a visit on Tuesday 2026-11-24, so that the start decides when it falls due.</summary>
    [Theory]
    [InlineData("10:00", "2026-11-24 08:00")]
    [InlineData("22:59", "2026-11-24 20:59")]
    [InlineData("23:00", "2026-11-24 20:45")]
    [InlineData("23:59", "2026-11-24 20:45")]
    [InlineData("02:00", "2026-11-23 20:45")]
    [InlineData("04:50", "2026-11-23 20:45")]
    public void A_timed_one_goes_to_the_evening_before(string start, string due) =>
        Given.Local(Before(start).Due).ShouldBe(due);

    [Theory]
    [InlineData("09:59", "2026-11-24 08:00")]
    [InlineData("08:01", "2026-11-24 08:00")]
    public void Or_waits_for_the_day(string start, string due) =>
        Given.Local(Before(start).Due).ShouldBe(due);

    [Fact]
    public void But_never_past_the_start() =>
        Given.Local(Before("07:30").Due).ShouldBe("2026-11-23 20:45");

    [Fact]
    public void One_after_the_visit_is_not_moved_before_it()
    {
        var verdict = Given.Decide(Given.Trigger("2 hours after start"), Given.Appointment("2026-11-24 20:50"), "2026-11-01 12:00")!.Value;
        Given.Local(verdict.Due).ShouldBe("2026-11-25 08:00");
    }

    [Theory]
    [InlineData("2026-10-01 21:00", "2026-10-02 08:00")]
    [InlineData("2026-10-02 02:00", "2026-10-02 08:00")]
    [InlineData("2026-10-02 07:59", "2026-10-02 08:00")]
    [InlineData("2026-10-02 08:00", "2026-10-02 08:00")]
    [InlineData("2026-10-02 20:59", "2026-10-02 20:59")]
    public void An_instant_one_is_held_until_eight(string booked, string due)
    {
        var verdict = Given.Decide(Given.Trigger("0 minutes after booked"), Given.Appointment("2026-11-24 15:00", booked), booked)!.Value;
        verdict.Reason.ShouldBeNull();
        Given.Local(verdict.Due).ShouldBe(due);
    }

    [Fact]
    public void An_instant_one_held_past_the_start_is_not_sent()
    {
        var appointment = Given.Appointment("2026-10-02 07:30", booked: "2026-10-01 22:00");
        Given.Decide(Given.Trigger("0 minutes after booked"), appointment, "2026-10-01 22:00")!.Value.Reason.ShouldBe(Reasons.QuietHours);
    }

    [Fact]
    public void It_is_dropped_where_the_rule_says_drop()
    {
        var appointment = Given.Appointment("2026-11-24 23:30", booked: "2026-10-01 22:00");
        Given.Decide(Given.Trigger("2 hours before start", quiet: QuietMode.Drop), appointment, "2026-10-01 22:00")!.Value.Reason.ShouldBe(Reasons.QuietHours);
        Given.Decide(Given.Trigger("0 minutes after booked", quiet: QuietMode.Drop), appointment, "2026-10-01 22:00")!.Value.Reason.ShouldBe(Reasons.QuietHours);
    }

    [Fact]
    public void It_is_sent_all_the_same_where_the_rule_says_so()
    {
        var appointment = Given.Appointment("2026-11-24 23:30", booked: "2026-10-01 22:00");
        Given.Local(Given.Decide(Given.Trigger("2 hours before start", quiet: QuietMode.SendAnyway), appointment, "2026-10-01 22:00")!.Value.Due)
            .ShouldBe("2026-11-24 21:30");
        Given.Local(Given.Decide(Given.Trigger("0 minutes after booked", quiet: QuietMode.SendAnyway), appointment, "2026-10-01 22:00")!.Value.Due)
            .ShouldBe("2026-10-01 22:00");
    }

    private static Verdict Before(string start) =>
        Given.Decide(Given.Trigger("2 hours before start"), Given.Appointment($"2026-11-24 {start}"), "2026-11-01 12:00")!.Value;
}
