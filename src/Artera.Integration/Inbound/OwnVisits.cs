using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>Visits to come that the EMR moved to where no practice was known, and that a practice owns by now: they are its own, and what is still ahead of them is planned.</summary>
/// <returns>How many.</returns>
internal sealed record OwnVisits : IRequest<int>;

internal sealed class OwnVisitsHandler(IntegrationDb db, Snapshot<EnterpriseDirectory> enterprise, IPublisher publisher, TimeProvider time)
    : IRequestHandler<OwnVisits, int>
{
    public async ValueTask<int> Handle(OwnVisits request, CancellationToken cancellationToken)
    {
        var (now, directory) = (time.Now(), await enterprise.Get(cancellationToken));
        var visits = await db.Set<Appointment>().Where(visit => visit.PracticeId == null && visit.StartsAt > now).OrderBy(visit => visit.Id).ToListAsync(cancellationToken);
        var owned = 0;
        foreach (var visit in visits)
        {
            if (directory.PracticeOf(visit.Emr, visit.LocationCode, visit.ProviderCode) is not { } owner)
                continue;
            owned++;
            visit.PracticeId = owner.Id;
            await publisher.Publish(new AppointmentUpdated(visit, Moved: false, Quietly: true), cancellationToken);
        }

        return owned;
    }
}
