using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Patients;
using Artera.Integration.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Components;

/// <summary>An appointment with its patient's name.</summary>
public sealed record ScheduledVisit(AppointmentRow Appointment, string Name);

internal static class ScheduledVisits
{
    public static async Task<IReadOnlyList<ScheduledVisit>> AsVisits(this IQueryable<Appointment> appointments, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = await appointments.ReadRows(db, cancellation);
        var ids = rows.Select(row => row.PatientId).Distinct().ToList();
        var names = await db.Set<Patient>().Where(patient => ids.Contains(patient.Id))
            .Select(patient => new { patient.Id, patient.Given, patient.Family, patient.ExternalId })
            .ToDictionaryAsync(patient => patient.Id, patient => Words.Name(patient.Given, patient.Family, patient.ExternalId), cancellation);
        return [.. rows.Select(row => new ScheduledVisit(row, names[row.PatientId]))];
    }
}
