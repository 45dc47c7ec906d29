using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.Web.Api;
using Microsoft.AspNetCore.Components;

namespace Artera.Integration.Web.Components;

/// <summary>What the patient is called back for, and whom the patient is sent to.</summary>
public sealed partial class FacesheetOrders
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<RecallRow> Recalls { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ReferralRow> Referrals { get; set; }

    [Parameter, EditorRequired]
    public required EnterpriseDirectory Directory { get; set; }

    [Parameter, EditorRequired]
    public required Func<TriggerModule, long, IReadOnlyList<Decision>> Decisions { get; set; }

    private static List<(string Words, Tone Tone)> TagsOf(RecallRow recall) => recall switch
    {
        { Status: RecallStatus.Cancelled } => [("Cancelled", Tone.Plain)],
        { Status: RecallStatus.Completed } => [("Completed", Tone.Good)],
        { AppointmentId: not null } => [("Visit booked", Tone.Good)],
        _ => [("Active", Tone.Wait)],
    };

    private static List<(string Words, Tone Tone)> TagsOf(ReferralRow referral)
    {
        if (referral.Status != ReferralStatus.Active)
            return [(Words.Of(referral.Status), referral.Status == ReferralStatus.Completed ? Tone.Good : Tone.Plain)];

        List<(string Words, Tone Tone)> tags = [referral.Open ? (referral.SchedulingStatus ?? "not scheduled", Tone.Wait) : ("scheduled", Tone.Good)];
        if (referral.AuthorizationStatus is { } authorization)
            tags.Add(($"authorization {authorization}", authorization is "denied" or "expired" ? Tone.Bad : Tone.Plain));
        return tags;
    }

    private string DetailsOf(RecallRow recall) => Line(
        recall.DueOn is { } due ? $"due {Clockface.Born(due)}" : "no due date",
        Directory.Name(recall.Emr, ResourceKind.Provider, recall.Provider),
        Directory.Name(recall.Emr, ResourceKind.Location, recall.Location),
        recall.PracticeId is null ? "no practice owns the location" : null);

    private string DetailsOf(ReferralRow referral) => Line(
        Directory.Name(referral.Emr, ResourceKind.Provider, referral.Provider),
        Directory.Name(referral.Emr, ResourceKind.Location, referral.Location),
        referral.ExpiresOn is { } expires ? $"good until {Clockface.Born(expires)}" : null,
        referral.PracticeId is null ? "no practice owns it" : null);

    private static string Line(params string?[] parts) => string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));
}
