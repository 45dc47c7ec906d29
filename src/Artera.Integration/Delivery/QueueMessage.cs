using Artera.Integration.Data;
using Mediator;
using NodaTime;

namespace Artera.Integration.Delivery;

/// <summary>Queues a message in the transaction of whoever decided it; nothing leaves before that commits.</summary>
/// <param name="Medium">How it is to travel.</param>
/// <param name="LineId">The line that it comes from.</param>
/// <param name="From">The line's number (SMS, voice) or the sender address (e-mail).</param>
/// <param name="To">E.164, or an e-mail address.</param>
/// <param name="Body">The whole text.</param>
/// <param name="Priority">Who goes first.</param>
/// <param name="PatientId">Whom it is for; opaque here.</param>
/// <param name="Reference">What the sender of the command knows it by, such as <c>planned:17</c>; opaque here.</param>
/// <param name="Subject">For e-mail.</param>
/// <param name="DespiteOptOut">Only for the confirmation that a carrier demands after an opt-out.</param>
/// <param name="NotAfter">When it has lost its meaning, such as the start of the visit; it is not sent any more then.</param>
/// <param name="Language">What it is written in, BCP-47; a voice reads it out so.</param>
/// <param name="Asks">Whether an answer to it is awaited: a call offers its keys.</param>
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
    string? Subject = null,
    bool DespiteOptOut = false,
    Instant? NotAfter = null,
    string? Language = null,
    bool Asks = false) : IRequest<OutboundMessage>;

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
            Segments = request.Medium == Medium.Sms ? SmsLength.Of(request.Body).Segments : 0,
            Subject = request.Subject,
            Priority = request.Priority,
            PatientId = request.PatientId,
            Reference = request.Reference,
            DespiteOptOut = request.DespiteOptOut,
            NotAfter = request.NotAfter,
            Language = request.Language,
            Asks = request.Asks,
            CreatedAt = now,
            DueAt = now,
        };
        db.Add(message);
        await db.SaveChangesAsync(cancellationToken);
        await publisher.Publish(new MessageQueued(message), cancellationToken);
        return message;
    }
}
