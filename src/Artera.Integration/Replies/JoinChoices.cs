using Artera.Integration.Data;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Replies;

/// <summary>After a merge a list of patients names the survivor in the losing one's place, so its numbers stay what was sent.</summary>
internal sealed class JoinChoices(IntegrationDb db) : INotificationHandler<PatientsJoined>
{
    public async ValueTask Handle(PatientsJoined notification, CancellationToken cancellationToken)
    {
        var (survivor, losing) = notification;
        var lists = await db.Set<WhoIsThis>()
            .Where(who => who.PatientIds.Contains(losing) || who.ChosenPatientId == losing)
            .ToListAsync(cancellationToken);
        foreach (var who in lists)
        {
            who.PatientIds = who.PatientIds.ConvertAll(patient => patient == losing ? survivor : patient);
            if (who.ChosenPatientId == losing)
                who.ChosenPatientId = survivor;
        }
    }
}
