using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Mapping;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>
/// Rules, holidays or practices have changed: visits that are still to come are decided again, a batch in one
/// transaction so that intake goes on in between.
/// </summary>
/// <param name="After">The id that the batch before ended with.</param>
/// <returns>The id that this batch ends with; null when there were no more.</returns>
public sealed record PlanUpcoming(long After = 0, int Take = 200) : IRequest<long?>;

public sealed class PlanUpcomingHandler(IntegrationDb db, ISender sender, TimeProvider time) : IRequestHandler<PlanUpcoming, long?>
{
    public async ValueTask<long?> Handle(PlanUpcoming request, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var batch = await db.Set<Appointment>()
            .Where(visit => visit.Id > request.After && visit.StartsAt > now
                && (visit.SystemStatus == EmrStatus.Booked || visit.SystemStatus == EmrStatus.Confirmed))
            .OrderBy(visit => visit.Id)
            .Take(request.Take)
            .ToListAsync(cancellationToken);
        foreach (var ofOne in batch.GroupBy(visit => visit.PatientId))
            await sender.Send(new PlanMessages([.. ofOne.Select(visit => new Visit(visit))]), cancellationToken);
        return batch is [.., var last] ? last.Id : null;
    }
}
