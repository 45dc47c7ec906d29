using Artera.Integration.Data;
using Mediator;

namespace Artera.Integration.Delivery;

/// <summary>Queues a message in the transaction of whoever decided it; nothing leaves before that commits.</summary>
/// <returns>The queued message with its id.</returns>
public sealed record QueueMessage(
    Medium Medium,
    long LineId,
    string From,
    string To,
    string Body,
    Priority Priority,
    long? PatientId = null,
    string? Reference = null,
    string? Subject = null) : IRequest<OutboundMessage>;

public sealed class QueueMessageHandler(IntegrationDb db, TimeProvider time, IPublisher publisher) : IRequestHandler<QueueMessage, OutboundMessage>
{
    public async ValueTask<OutboundMessage> Handle(QueueMessage request, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var message = new OutboundMessage
        {
            Medium = request.Medium,
            LineId = request.LineId,
            From = request.From,
            To = request.To,
            Body = request.Body,
            Subject = request.Subject,
            Priority = request.Priority,
            PatientId = request.PatientId,
            Reference = request.Reference,
            CreatedAt = now,
            DueAt = now,
        };
        db.Add(message);
        await db.SaveChangesAsync(cancellationToken);
        await publisher.Publish(new MessageQueued(message), cancellationToken);
        return message;
    }
}
