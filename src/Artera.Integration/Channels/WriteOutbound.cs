using Artera.Integration.Delivery;
using Mediator;

namespace Artera.Integration.Channels;

/// <summary>What we say is in the conversation from the moment it is queued; saying it opens nothing.</summary>
internal sealed class WriteOutbound(ChannelBook book) : INotificationHandler<MessageQueued>
{
    public async ValueTask Handle(MessageQueued notification, CancellationToken cancellationToken)
    {
        var message = notification.Message;
        var channel = await book.Channel(message.LineId, message.PatientId, message.To, cancellationToken);
        book.Write(channel, new ChannelLine
        {
            Kind = LineKind.Outbound,
            At = message.CreatedAt,
            Body = message.Body,
            Medium = message.Medium,
            OutboundMessageId = message.Id,
        });
    }
}
