using Artera.Integration.Referrals;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>A patient is sent to somebody.</summary>
/// <param name="Status">What the EMR says.</param>
/// <param name="SchedulingStatus">By the EMR's word, or <c>scheduled</c> because a visit is booked.</param>
/// <param name="Open">A visit still has to be scheduled.</param>
/// <param name="AppointmentId">The visit that was booked for it.</param>
public sealed record ReferralRow(
    long Id,
    string Emr,
    string ExternalId,
    string Feed,
    long PatientId,
    long? PracticeId,
    Code Type,
    string? Priority,
    string? SchedulingStatus,
    string? AuthorizationStatus,
    Code Provider,
    Code Location,
    LocalDate? ExpiresOn,
    ReferralStatus Status,
    bool Open,
    long? AppointmentId,
    Instant CreatedAt) : IAboutPatient
{
    long? IAboutPatient.PatientId => PatientId;

    internal static ReferralRow Of(Referral row) => new(
        row.Id, row.Emr, row.ExternalId, row.Feed, row.PatientId, row.PracticeId, new Code(row.TypeCode, row.TypeText), row.Priority,
        row.Scheduling, row.AuthorizationStatus, new Code(row.ProviderCode, row.ProviderText), new Code(row.LocationCode, row.LocationText),
        row.ExpiresOn, row.Status, row.IsOpen, row.AppointmentId, row.CreatedAt);
}
