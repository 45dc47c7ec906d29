using Artera.Integration.Inbound;
using Mediator;

namespace Artera.Integration.Operations.Audit;

/// <summary>Who had which messages applied again, or ignored.</summary>
public sealed class NoteDecision(AuditLog audit) : INotificationHandler<MessagesDecided>
{
    private const int LongestSubject = 200;

    public ValueTask Handle(MessagesDecided notification, CancellationToken cancellationToken)
    {
        var what = notification.Choice switch
        {
            MessageChoice.Ignore => "ignored",
            MessageChoice.ApplyAgain => "applied again",
            _ => "applied again with texts",
        };
        var subject = notification.Count == 1 ? notification.Subject : $"{notification.Count} × {notification.Subject}";
        audit.Note(notification.Who, what, notification.PatientId, subject.Length <= LongestSubject ? subject : subject[..LongestSubject]);
        return ValueTask.CompletedTask;
    }
}
