using Artera.Integration.Data;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Recalls;

/// <summary>After a merge the survivor has the recalls of both.</summary>
public sealed class TakeOverRecalls(IntegrationDb db) : INotificationHandler<PatientsJoined>
{
    public async ValueTask Handle(PatientsJoined notification, CancellationToken cancellationToken)
    {
        var recalls = await db.Set<Recall>().Where(recall => recall.PatientId == notification.LosingId).ToListAsync(cancellationToken);
        recalls.ForEach(recall => recall.PatientId = notification.SurvivorId);
    }
}
