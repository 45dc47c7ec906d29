using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Channels;

/// <summary>A message that did not arrive is said once, however often the provider reports it.</summary>
internal sealed class NoteFailure(IntegrationDb db, ChannelBook book, IOptions<ChannelsOptions> options)
    : INotificationHandler<DeliveryReported>, INotificationHandler<MessageFailed>
{
    public ValueTask Handle(DeliveryReported notification, CancellationToken cancellationToken) =>
        notification.Message.Delivery is DeliveryState.Undelivered or DeliveryState.Failed
            ? Note(notification.Message, heldBack: null, cancellationToken)
            : ValueTask.CompletedTask;

    public ValueTask Handle(MessageFailed notification, CancellationToken cancellationToken) =>
        Note(notification.Message, notification.HeldBack, cancellationToken);

    private async ValueTask Note(OutboundMessage message, string? heldBack, CancellationToken cancellation)
    {
        var said = await db.Set<ChannelLine>().Where(line => line.OutboundMessageId == message.Id).ToListAsync(cancellation);
        if (said.Find(line => line.Kind == LineKind.Outbound) is not { } line || said.Exists(other => other.Event == ChannelEvent.NotDelivered))
            return;

        var channel = await db.Set<PatientChannel>().SingleAsync(row => row.Id == line.ChannelId, cancellation);
        var words = heldBack is not null ? $"Not sent: {heldBack}" : message.FailureCode is { } code ? $"Not delivered ({code})" : "Not delivered";
        book.Note(channel, ChannelEvent.NotDelivered, words, outboundMessageId: message.Id);
        await db.SaveChangesAsync(cancellation);
        if (heldBack is null && options.Value.ReopenOnSmsFailure && message.Medium == Medium.Sms)
            await book.Open(channel, cancellation);
    }
}
