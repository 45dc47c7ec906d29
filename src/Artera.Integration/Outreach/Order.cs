using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>What triggers look at when they speak of a recall or of a referral.</summary>
/// <param name="Ended">Why the patient need not be called any more: a word of <see cref="Reasons"/>; null while that is open.</param>
/// <param name="Active">The EMR has neither completed nor cancelled it.</param>
internal sealed record Order(
    TriggerModule Module,
    long Id,
    long PatientId,
    long? PracticeId,
    string Emr,
    Instant CreatedAt,
    string? Ended,
    bool Active,
    string? TypeCode,
    string? Priority,
    string? ProviderCode,
    string? ProviderText,
    string? LocationCode,
    string? LocationText)
{
    public LocalDate? DueOn { get; private init; }

    public LocalDate? ExpiresOn { get; private init; }

    public string? Scheduling { get; private init; }

    public Instant? SchedulingAt { get; private init; }

    public string? Authorization { get; private init; }

    public Instant? AuthorizationAt { get; private init; }

    public static Order Of(Recall recall) => new(
        TriggerModule.Recall, recall.Id, recall.PatientId, recall.PracticeId, recall.Emr, recall.CreatedAt,
        EndOf(recall.IsOpen, recall.Status == RecallStatus.Active), recall.Status == RecallStatus.Active,
        recall.TypeCode, recall.Priority, recall.ProviderCode, recall.ProviderText, recall.LocationCode, recall.LocationText)
    {
        DueOn = recall.DueOn,
    };

    public static Order Of(Referral referral) => new(
        TriggerModule.Referral, referral.Id, referral.PatientId, referral.PracticeId, referral.Emr, referral.CreatedAt,
        EndOf(referral.IsOpen, referral.Status == ReferralStatus.Active), referral.Status == ReferralStatus.Active,
        referral.TypeCode, referral.Priority, referral.ProviderCode, referral.ProviderText, referral.LocationCode, referral.LocationText)
    {
        ExpiresOn = referral.ExpiresOn,
        Scheduling = referral.Scheduling,
        SchedulingAt = referral.SchedulingAt,
        Authorization = referral.AuthorizationStatus,
        AuthorizationAt = referral.AuthorizationAt,
    };

    private static string? EndOf(bool open, bool active) => open ? null : active ? Reasons.VisitBooked : Reasons.Ended;
}
