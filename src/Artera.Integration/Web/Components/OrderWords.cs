using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.Web.Api;
using Artera.Integration.WriteBack;

namespace Artera.Integration.Web.Components;

/// <summary>A recall or a referral as staff reads it.</summary>
internal static class OrderWords
{
    public static TriggerModule Module(this OrderRow order) => order is RecallRow ? TriggerModule.Recall : TriggerModule.Referral;

    /// <summary>The page with everything that happened to it.</summary>
    public static string Address(this OrderRow order) => $"/trace/{(order is RecallRow ? "recall" : "referral")}/{order.Id}";

    public static string Details(this OrderRow order, EnterpriseDirectory directory) => string.Join(" · ", new[]
    {
        order is RecallRow recall ? recall.DueOn is { } due ? $"due {Clockface.Born(due)}" : "no due date" : null,
        directory.Name(order.Emr, ResourceKind.Provider, order.Provider),
        directory.Name(order.Emr, ResourceKind.Location, order.Location),
        order is ReferralRow { ExpiresOn: { } expires } ? $"good until {Clockface.Born(expires)}" : null,
        order.PracticeId is null ? "no practice owns it" : null,
    }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>Why the EMR has not heard a status; anything else is the kind of the error that the folder gave.</summary>
    public static string? Why(string? cause) => cause switch
    {
        null => null,
        Causes.NoTarget => "no feed of its EMR takes order statuses any more",
        Causes.Retried => "a person has it sent again",
        Causes.Dropped => "a person took care of it",
        _ => $"the folder cannot be written ({cause})",
    };

    public static IReadOnlyList<(string Words, Tone Tone)> Tags(this OrderRow order) => order switch
    {
        RecallRow { Status: RecallStatus.Cancelled } or ReferralRow { Status: ReferralStatus.Cancelled } => [("Cancelled", Tone.Plain)],
        RecallRow { Status: RecallStatus.Completed } or ReferralRow { Status: ReferralStatus.Completed } => [("Completed", Tone.Good)],
        RecallRow { AppointmentId: not null } => [("Visit booked", Tone.Good)],
        ReferralRow referral => Tags(referral),
        _ => [("Active", Tone.Wait)],
    };

    private static List<(string Words, Tone Tone)> Tags(ReferralRow referral)
    {
        List<(string Words, Tone Tone)> tags = [referral.Open ? (referral.SchedulingStatus ?? "not scheduled", Tone.Wait) : ("scheduled", Tone.Good)];
        if (referral.AuthorizationStatus is { } authorization)
            tags.Add(($"authorization {authorization}", authorization is "denied" or "expired" ? Tone.Bad : Tone.Plain));
        return tags;
    }
}
