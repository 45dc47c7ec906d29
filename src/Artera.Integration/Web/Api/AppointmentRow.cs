using System.Text.Json.Serialization;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>An appointment with what the EMR says, what the patient says, and whether the EMR has heard it.</summary>
/// <param name="InTheEmr">Where the patient's last answer stands; null when there is none to tell.</param>
public sealed record AppointmentRow(
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
    string? Device,
    string? General,
    EmrStatus SystemStatus,
    PatientStatus PatientStatus,
    Instant? PatientStatusAt,
    EmrStanding? InTheEmr) : IAboutPatient
{
    long? IAboutPatient.PatientId => PatientId;

    /// <summary>It can still be answered.</summary>
    [JsonIgnore]
    public bool IsLive => SystemStatus is EmrStatus.Booked or EmrStatus.Confirmed;

    internal static AppointmentRow Of(Appointment row, EmrStanding? standing) => new(
        row.Id, row.Emr, row.ExternalId, row.Feed, row.PatientId, row.PracticeId, row.StartsAt, row.DayOnly, row.Minutes,
        new Code(row.TypeCode, row.TypeText), new Code(row.ProviderCode, row.ProviderText), new Code(row.LocationCode, row.LocationText), row.DeviceCode, row.GeneralCode,
        row.SystemStatus, row.PatientStatus, row.PatientStatusAt, standing);
}

/// <summary>A code of the EMR with its words.</summary>
public sealed record Code(string? Id, string? Text);

internal static class AppointmentRows
{
    /// <summary>Appointments, and in a second query where their answers stand.</summary>
    public static async Task<List<AppointmentRow>> ReadRows(this IQueryable<Appointment> appointments, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = await appointments.AsNoTracking().ToListAsync(cancellation);
        var standings = await db.InTheEmr(rows.ConvertAll(row => row.Id), cancellation);
        return rows.ConvertAll(row => AppointmentRow.Of(row, standings.GetValueOrDefault(row.Id)));
    }
}
