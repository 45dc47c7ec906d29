using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using NodaTime;

namespace Artera.Integration.Tests.Outreach;

/// <summary>
/// When a campaign may write to the next patient, sentence by sentence. The practice is in New York, open from Monday to
/// Friday, and closed on Thursday 2026-11-26; 2026-11-24 is a Tuesday.
/// </summary>
public sealed class What_the_product_promises_of_campaigns
{
    [Theory]
    [InlineData("start now", null, null, false, "2026-11-24 12:00", "2026-11-24 12:00")]
    [InlineData("not at night", null, null, false, "2026-11-24 21:00", "2026-11-25 08:00")]
    [InlineData("not early in the morning", null, null, false, "2026-11-24 07:59", "2026-11-24 08:00")]
    [InlineData("allowed hours: before them", "09:00", "16:00", false, "2026-11-24 08:30", "2026-11-24 09:00")]
    [InlineData("allowed hours: in them", "09:00", "16:00", false, "2026-11-24 15:59", "2026-11-24 15:59")]
    [InlineData("allowed hours: their end is after them", "09:00", "16:00", false, "2026-11-24 16:00", "2026-11-25 09:00")]
    [InlineData("allowed hours never widen the day", "06:00", "23:00", false, "2026-11-24 06:30", "2026-11-24 08:00")]
    [InlineData("business days, if asked", "09:00", "16:00", true, "2026-11-20 17:00", "2026-11-23 09:00")]
    [InlineData("business days only if asked", null, null, false, "2026-11-21 12:00", "2026-11-21 12:00")]
    [InlineData("not on a holiday, also unasked", "09:00", null, false, "2026-11-26 12:00", "2026-11-27 09:00")]
    [InlineData("the clock is the practice's, also where it is put back", "09:00", null, false, "2026-10-31 22:00", "2026-11-01 09:00")]
    public void It_may_be_sent(string sentence, string? from, string? to, bool businessDays, string moment, string then)
    {
        var pace = new CampaignPace { From = from, To = to, BusinessDays = businessDays };
        Given.Local(pace.Open(Given.At(moment), Given.Calendar(holidays: Given.Holiday("2026-11-26")), QuietHours.Default)).ShouldBe(then, sentence);
    }

    [Theory]
    [InlineData("send rate an hour", 4, 900)]
    [InlineData("one a second", 3600, 1)]
    [InlineData("no rate: as fast as the line lets it", null, 0)]
    public void Between_two_patients_there_are(string sentence, int? perHour, int seconds) =>
        new CampaignPace { PerHour = perHour }.Step.ShouldBe(Duration.FromSeconds(seconds), sentence);

    [Theory]
    [InlineData("a rate of nobody", 0, null, null, "perHour must be at least 1")]
    [InlineData("an hour that is none", null, "9", null, "'9' is no HH:mm")]
    [InlineData("hours that are all night", null, "21:30", "22:00", "there is no time at which it may be sent")]
    [InlineData("hours that end before they begin", null, "16:00", "09:00", "there is no time at which it may be sent")]
    [InlineData("good ones", 100, "09:00", "16:00", null)]
    public void What_makes_no_sense_is_refused(string sentence, int? perHour, string? from, string? to, string? problem) =>
        new CampaignPace { PerHour = perHour, From = from, To = to }.Problem(QuietHours.Default).ShouldBe(problem, sentence);
}
