using Artera.Integration.Data;
using NodaTime;

namespace Artera.Integration.Outreach.Campaigns;

/// <summary>A campaign's message to one patient.</summary>
internal sealed record Mailing(Campaign Campaign, long Id, long PatientId) : Subject(
    TriggerModule.Campaign, Id, PatientId, Campaign.PracticeId, "", TypeCode: null, ProviderCode: null, ProviderText: null, LocationCode: null, LocationText: null)
{
    /// <summary>A campaign that is paused is looked at again when it goes on; until then its messages are out of the way.</summary>
    private static readonly Duration WhilePaused = Duration.FromMinutes(1);

    public override long? LineId => Campaign.LineId;

    public override bool Lapses => false;

    public override Instant? AnchorOf(Trigger trigger, PracticeCalendar calendar) => Campaign.StartAt is { } start ? InstantAsUtc.Truncate(start) : null;

    public override (string? Reason, string? Detail) Obstacle(Trigger trigger, PracticeCalendar calendar, Instant now) =>
        Campaign.State is CampaignState.Stopped ? (Reasons.CampaignStopped, null) : default;

    public override (string? Reason, string? Detail) TooLate(Trigger trigger, DueTime due, PracticeCalendar calendar) => default;

    public override Instant? NotAfter(Trigger trigger) => null;

    public override string? Value(FilterOn on) => null;

    public override (Instant Until, string Reason)? Waits(PracticeCalendar calendar, QuietHours quiet, Instant now)
    {
        if (Campaign.State == CampaignState.Paused)
            return (now + WhilePaused, Reasons.CampaignPaused);
        return Campaign.Pace.Open(now, calendar, quiet) is var open && open > now ? (open, Reasons.QuietHours) : null;
    }
}
