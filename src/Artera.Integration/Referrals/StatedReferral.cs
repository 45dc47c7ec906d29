using Artera.Integration.Mapping;
using NodaTime;

namespace Artera.Integration.Referrals;

internal static class StatedReferral
{
    public static void Take(this Referral referral, RecordReferral request, Instant now)
    {
        var facts = request.Facts;
        (referral.Feed, referral.PatientId, referral.Version) = (request.Feed, request.PatientId, request.Version);
        referral.InboxMessageId = request.InboxMessageId ?? referral.InboxMessageId;
        (referral.TypeCode, referral.TypeText) = facts.Type.Over(referral.TypeCode, referral.TypeText);
        referral.Priority = facts.Priority.Over(referral.Priority);
        (referral.ProviderCode, referral.ProviderText) = facts.Provider.Over(referral.ProviderCode, referral.ProviderText);
        (referral.LocationCode, referral.LocationText) = facts.Location.Over(referral.LocationCode, referral.LocationText);
        referral.ExpiresOn = facts.Expires.Select<LocalDate?>(date => date).Over(referral.ExpiresOn);
        if (facts.Location.HasValue || request.PracticeId is not null)
            referral.PracticeId = request.PracticeId;
        referral.Status = facts.Change switch
        {
            OrderChange.Cancelled => ReferralStatus.Cancelled,
            OrderChange.Completed => ReferralStatus.Completed,
            _ => ReferralStatus.Active,
        };
        referral.TakeStatuses(facts, now);
    }

    private static void TakeStatuses(this Referral referral, ReferralChanged facts, Instant now)
    {
        var (scheduling, authorization) = (referral.Scheduling, referral.AuthorizationStatus);
        referral.SchedulingStatus = facts.SchedulingStatus.Over(referral.SchedulingStatus);
        referral.AuthorizationStatus = facts.AuthorizationStatus.Over(referral.AuthorizationStatus);
        if (referral.Scheduling != scheduling)
            referral.SchedulingAt = now;
        if (referral.AuthorizationStatus != authorization)
            referral.AuthorizationAt = now;
    }
}
