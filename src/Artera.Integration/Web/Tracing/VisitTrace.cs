using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Outreach;
using Artera.Integration.Web.Api;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Tracing;

/// <summary>
/// Everything that happened to an appointment, the oldest first: what the EMR said, what was decided and sent, what
/// arrived, what the patient wrote, and what the EMR was told.
/// </summary>
public sealed record VisitTrace(AppointmentRow Appointment, IReadOnlyList<TraceStep> Steps) : IAboutPatient
{
    long? IAboutPatient.PatientId => Appointment.PatientId;
}

/// <summary>Reads the way of appointments; each question goes by an index, however much there is.</summary>
internal sealed class VisitTraces(IntegrationDb db, FeedBook feeds, Snapshot<EnterpriseDirectory> enterprise, Horizon horizon)
{
    // A message speaks of one appointment, a group visit of a few.
    private const int Most = 20;

    private static Task<List<VisitTrace>> None => Task.FromResult(new List<VisitTrace>());

    public async Task<VisitTrace?> Of(long id, CancellationToken cancellation) =>
        (await Of(db.Set<Appointment>().Where(row => row.Id == id), cancellation)).FirstOrDefault();

    public Task<List<VisitTrace>> Of(string emr, IReadOnlyCollection<string> externalIds, CancellationToken cancellation) =>
        externalIds.Count == 0 ? None : Of(db.Set<Appointment>().Where(row => row.Emr == emr && externalIds.Contains(row.ExternalId)), cancellation);

    public Task<List<VisitTrace>> Of(IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        ids.Count == 0 ? None : Of(db.Set<Appointment>().Where(row => ids.Contains(row.Id)), cancellation);

    private async Task<List<VisitTrace>> Of(IQueryable<Appointment> appointments, CancellationToken cancellation)
    {
        var directory = await enterprise.Get(cancellation);
        var visits = await appointments.AsNoTracking().OrderBy(row => row.Id).Take(Most).ToListAsync(cancellation);
        var standings = await db.InTheEmr(visits.ConvertAll(visit => visit.Id), cancellation);
        var traces = new List<VisitTrace>();
        foreach (var visit in visits)
        {
            List<TraceStep> steps =
            [
                .. horizon.Since(visit.BookedAt),
                .. await EmrSteps.Messages(db, feeds, visit.Emr, visit.Feed, visit.ExternalId, cancellation),
                .. await TextSteps.Decided(db, TriggerModule.Appointment, visit.Id, cancellation),
                .. await TextSteps.Answered(db, directory, visit.Id, cancellation),
                .. await EmrSteps.WriteBacks(db, visit.Id, cancellation),
            ];
            traces.Add(new VisitTrace(AppointmentRow.Of(visit, standings.GetValueOrDefault(visit.Id)), steps.InOrder()));
        }

        return traces;
    }
}
