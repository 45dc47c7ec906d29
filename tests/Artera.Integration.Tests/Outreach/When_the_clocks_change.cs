using Artera.Integration.Outreach;
using NodaTime;

namespace Artera.Integration.Tests.Outreach;

/// <summary>New York: 2026-03-08 02:00 does not exist, 2026-11-01 01:00 to 02:00 comes twice. Madrid: 2026-03-29, 2026-10-25.</summary>
public sealed class When_the_clocks_change
{
    [Theory]
    [InlineData("America/New_York", "2026-03-08 15:00", "1 day before start at 10:00", "2026-03-07T15:00:00Z")]
    [InlineData("America/New_York", "2026-03-09 15:00", "1 day before start at 10:00", "2026-03-08T14:00:00Z")]
    [InlineData("America/New_York", "2026-11-02 15:00", "2 days before start at 10:00", "2026-10-31T14:00:00Z")]
    [InlineData("America/New_York", "2026-11-02 15:00", "1 day before start at 10:00", "2026-11-01T15:00:00Z")]
    [InlineData("Europe/Madrid", "2026-03-30 15:00", "1 day before start at 10:00", "2026-03-29T08:00:00Z")]
    [InlineData("Europe/Madrid", "2026-03-30 15:00", "2 days before start at 10:00", "2026-03-28T09:00:00Z")]
    [InlineData("Europe/Madrid", "2026-10-26 15:00", "1 day before start at 10:00", "2026-10-25T09:00:00Z")]
    [InlineData("Europe/Madrid", "2026-10-26 15:00", "2 days before start at 10:00", "2026-10-24T08:00:00Z")]
    public void The_clock_time_stays(string zone, string start, string send, string due) => Due(zone, start, send).ShouldBe(due);

    [Theory]
    [InlineData("America/New_York", "2026-03-08 15:00", "24 hours before start", "2026-03-07T19:00:00Z")]
    [InlineData("America/New_York", "2026-11-01 15:00", "24 hours before start", "2026-10-31T20:00:00Z")]
    public void Hours_are_hours(string zone, string start, string send, string due) => Due(zone, start, send).ShouldBe(due);

    [Theory]
    [InlineData("America/New_York", "2026-03-09 15:00", "1 day before start at 02:30", "2026-03-08T07:30:00Z")]
    [InlineData("Europe/Madrid", "2026-03-30 15:00", "1 day before start at 02:30", "2026-03-29T01:30:00Z")]
    public void A_time_that_does_not_exist_moves_forward(string zone, string start, string send, string due) =>
        Due(zone, start, send, QuietMode.SendAnyway).ShouldBe(due);

    [Theory]
    [InlineData("America/New_York", "2026-11-02 15:00", "1 day before start at 01:30", "2026-11-01T05:30:00Z")]
    [InlineData("Europe/Madrid", "2026-10-26 15:00", "1 day before start at 02:30", "2026-10-25T00:30:00Z")]
    public void A_time_that_comes_twice_means_the_first(string zone, string start, string send, string due) =>
        Due(zone, start, send, QuietMode.SendAnyway).ShouldBe(due);

    private static string Due(string zone, string start, string send, QuietMode quiet = QuietMode.Adjust)
    {
        var appointment = Given.Appointment("2026-01-01 00:00", booked: "2026-01-01 00:00");
        appointment.StartsAt = Given.At(start, DateTimeZoneProviders.Tzdb[zone]);
        var verdict = Given.Decide(Given.Trigger(send, quiet: quiet), appointment, "2026-01-01 12:00", calendar: Given.Calendar(zone))!.Value;
        verdict.Reason.ShouldBeNull();
        return verdict.Due.ToString();
    }
}
