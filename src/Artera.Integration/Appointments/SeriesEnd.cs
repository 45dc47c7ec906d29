using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Appointments;

/// <summary>
/// SIU^S16 of a visit that belongs to a series: what is still to come of the series from that visit on will not happen.
/// What has been stays, and so does a visit that a newer message has spoken of.
/// </summary>
internal sealed class SeriesEnd(IntegrationDb db, TimeProvider time, IPublisher publisher)
{
    /// <param name="named">The visit that the message names, if it is known; it is not ended here.</param>
    /// <returns>How many visits ended.</returns>
    public async Task<int> End(RecordAppointment request, Appointment? named, CancellationToken cancellation)
    {
        if (request.Change != AppointmentChange.Discontinue || request.Facts.Series.Over(named?.Series) is not { Length: > 0 } series)
            return 0;

        await db.SaveChangesAsync(cancellation);
        var now = request.ArrivedAt ?? time.Now();
        var from = request.Facts.Start.HasValue ? request.Facts.Start.Value.At : named?.StartsAt ?? now;
        var rest = await db.Set<Appointment>()
            .Where(visit => visit.PatientId == request.PatientId && visit.StartsAt > now && visit.StartsAt >= from && visit.Emr == request.Emr && visit.Series == series)
            .OrderBy(visit => visit.StartsAt)
            .ToListAsync(cancellation);
        var ending = rest.FindAll(visit => visit != named && visit.IsLive && !request.Version.IsOlderThan(visit.Version));
        foreach (var visit in ending)
        {
            (visit.SystemStatus, visit.SystemStatusAt, visit.CancelledAt, visit.Version) = (EmrStatus.Cancelled, now, now, request.Version);
            await publisher.Publish(new AppointmentCancelled(visit, request.ArrivedAt is not null), cancellation);
        }

        return ending.Count;
    }
}
