using Artera.Integration.Patients;
using Mediator;

namespace Artera.Integration.Operations.Audit;

/// <summary>Entries keep the patient they were written for; this one leads from the survivor to the former id.</summary>
public sealed class NoteMerge(AuditLog audit) : INotificationHandler<PatientsJoined>
{
    public ValueTask Handle(PatientsJoined notification, CancellationToken cancellationToken)
    {
        audit.Note("emr", "merged", notification.SurvivorId, $"patient:{notification.LosingId}");
        return ValueTask.CompletedTask;
    }
}
