using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;

namespace Artera.Integration.Web.Components;

/// <summary>A campaign's settings as people say them.</summary>
internal static class CampaignWords
{
    public static string InWords(this Campaign campaign) => campaign switch
    {
        { Audience: { } audience } => string.Join(", ", audience.Parts().Prepend("those seen at the practice")),
        { Rows: { } rows } => $"those of a list of {Figures.Of(rows, "row", "rows")}",
        _ => "there is no list yet",
    };

    public static string RateInWords(this CampaignPace pace) =>
        pace.PerHour is { } rate ? $"{Figures.Of(rate, "patient", "patients")} an hour" : "as fast as the line lets it";

    public static string HoursInWords(this CampaignPace pace, QuietHours quiet) => FormattableString.Invariant(
        $"{pace.From ?? quiet.DayStart.ToString("HH:mm", null)} to {pace.To ?? quiet.DayEnd.ToString("HH:mm", null)}, {(pace.BusinessDays ? "on the practice's open days" : "on any day but holidays")}");

    private static IEnumerable<string> Parts(this Audience audience) => new[]
    {
        audience.SeenFrom is { } from ? $"from {from:yyyy-MM-dd}" : "",
        audience.SeenBefore is { } before ? $"before {before:yyyy-MM-dd}" : "",
        Of("for ", audience.EventTypes), Of("at ", audience.Locations), Of("by ", audience.Providers),
        Of("aged ", audience.Ages), Of("who are ", audience.Sexes), Of("who read ", audience.Languages),
    }.Where(part => part.Length > 0);

    private static string Of(string before, List<string> values) => values.Count == 0 ? "" : $"{before}{string.Join(" or ", values)}";
}
