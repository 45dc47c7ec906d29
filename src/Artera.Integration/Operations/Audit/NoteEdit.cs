using Artera.Integration.Outreach;
using Mediator;

namespace Artera.Integration.Operations.Audit;

/// <summary>Who changed which trigger; how it read before and after is in the trigger's own history.</summary>
public sealed class NoteEdit(AuditLog audit) : INotificationHandler<TriggerEdited>
{
    public ValueTask Handle(TriggerEdited notification, CancellationToken cancellationToken)
    {
        audit.Note(notification.Who, "changed", patientId: null, $"trigger:{notification.Trigger.Id}");
        return ValueTask.CompletedTask;
    }
}
