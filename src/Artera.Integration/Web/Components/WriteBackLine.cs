using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Patients;
using Artera.Integration.Web.Api;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Components;

/// <summary>An answer for the EMR with the visit that it is about.</summary>
public sealed record WriteBackLine(WriteBackRow Row, string Name, Instant? StartsAt, long? PracticeId);

internal static class WriteBackLines
{
    public static async Task<IReadOnlyList<WriteBackLine>> AsLines(this IQueryable<PendingWriteBack> answers, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = await answers.AsRows(db).ToListAsync(cancellation);
        var ids = rows.Select(row => row.AppointmentId).Distinct().ToList();
        var visits = await (
            from visit in db.Set<Appointment>().Where(visit => ids.Contains(visit.Id))
            join patient in db.Set<Patient>() on visit.PatientId equals patient.Id
            select new { visit.Id, visit.StartsAt, visit.PracticeId, patient.Given, patient.Family, patient.ExternalId })
            .ToDictionaryAsync(visit => visit.Id, cancellation);
        return [.. rows.Select(row => visits[row.AppointmentId]).Zip(rows, (visit, row) =>
            new WriteBackLine(row, Words.Name(visit.Given, visit.Family, visit.ExternalId), visit.StartsAt, visit.PracticeId))];
    }
}
