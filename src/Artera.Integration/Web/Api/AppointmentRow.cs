using System.Text.Json.Serialization;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.WriteBack;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>An appointment with what the EMR says, what the patient says, and whether the EMR has heard it.</summary>
internal sealed record AppointmentRow(
    long Id,
    string Emr,
    string ExternalId,
    string Feed,
    long PatientId,
    long? PracticeId,
    Instant? StartsAt,
    bool DayOnly,
    int? Minutes,
    Code Type,
    Code Provider,
    Code Location,
    EmrStatus SystemStatus,
    PatientStatus PatientStatus,
    Instant? PatientStatusAt,
    [property: JsonIgnore] WriteBackState? LastWriteBack) : IAboutPatient
{
    long? IAboutPatient.PatientId => PatientId;

    /// <summary>Whether the patient's answer is in the EMR; null when there is none to tell.</summary>
    public InTheEmr? InTheEmr => LastWriteBack switch
    {
        WriteBackState.Done => Api.InTheEmr.Yes,
        WriteBackState.Pending => Api.InTheEmr.Pending,
        WriteBackState.Parked => Api.InTheEmr.Refused,
        WriteBackState.NotSupported => Api.InTheEmr.NotSupported,
        _ => null,
    };
}

/// <summary>A code of the EMR with its words.</summary>
internal sealed record Code(string? Id, string? Text);

internal enum InTheEmr
{
    Yes,
    Pending,
    Refused,
    NotSupported,
}

internal static class AppointmentRows
{
    public static IQueryable<AppointmentRow> AsRows(this IQueryable<Appointment> appointments, IntegrationDb db) => appointments.Select(row => new AppointmentRow(
        row.Id, row.Emr, row.ExternalId, row.Feed, row.PatientId, row.PracticeId, row.StartsAt, row.DayOnly, row.Minutes,
        new Code(row.TypeCode, row.TypeText), new Code(row.ProviderCode, row.ProviderText), new Code(row.LocationCode, row.LocationText),
        row.SystemStatus, row.PatientStatus, row.PatientStatusAt,
        db.Set<PendingWriteBack>().Where(told => told.AppointmentId == row.Id && told.State != WriteBackState.Superseded)
            .OrderByDescending(told => told.Id).Select(told => (WriteBackState?)told.State).FirstOrDefault()));
}
