using Artera.Integration.Referrals;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>A patient is sent to somebody.</summary>
/// <param name="SchedulingStatus">By the EMR's word, or <c>scheduled</c> because a visit is booked.</param>
/// <param name="Status">What the EMR says.</param>
public sealed record ReferralRow(string? SchedulingStatus, string? AuthorizationStatus, LocalDate? ExpiresOn, ReferralStatus Status) : OrderRow
{
    internal static ReferralRow Of(Referral row, OrderStanding? standing) => new(row.Scheduling, row.AuthorizationStatus, row.ExpiresOn, row.Status)
    {
        Id = row.Id,
        Emr = row.Emr,
        ExternalId = row.ExternalId,
        Feed = row.Feed,
        PatientId = row.PatientId,
        PracticeId = row.PracticeId,
        Type = new Code(row.TypeCode, row.TypeText),
        Priority = row.Priority,
        Provider = new Code(row.ProviderCode, row.ProviderText),
        Location = new Code(row.LocationCode, row.LocationText),
        Open = row.IsOpen,
        AppointmentId = row.AppointmentId,
        InTheEmr = standing,
        CreatedAt = row.CreatedAt,
    };
}
