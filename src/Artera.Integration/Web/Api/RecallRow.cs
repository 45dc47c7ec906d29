using Artera.Integration.Recalls;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>A call to come back.</summary>
/// <param name="Status">What the EMR says.</param>
/// <param name="Open">The patient still has to be called: the EMR has it as active and no visit is booked for it.</param>
/// <param name="AppointmentId">The visit that was booked for it.</param>
public sealed record RecallRow(
    long Id,
    string Emr,
    string ExternalId,
    string Feed,
    long PatientId,
    long? PracticeId,
    LocalDate? DueOn,
    Code Type,
    string? Priority,
    Code Provider,
    Code Location,
    RecallStatus Status,
    bool Open,
    long? AppointmentId,
    Instant CreatedAt) : IAboutPatient
{
    long? IAboutPatient.PatientId => PatientId;

    internal static RecallRow Of(Recall row) => new(
        row.Id, row.Emr, row.ExternalId, row.Feed, row.PatientId, row.PracticeId, row.DueOn, new Code(row.TypeCode, row.TypeText), row.Priority,
        new Code(row.ProviderCode, row.ProviderText), new Code(row.LocationCode, row.LocationText), row.Status, row.IsOpen, row.AppointmentId, row.CreatedAt);
}
