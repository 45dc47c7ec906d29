using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Channels;

/// <summary>The latest lines of a channel in order; with <paramref name="Before"/>, those before that line.</summary>
internal sealed record ChannelConversation(long ChannelId, ConversationCursor? Before = null, int Take = 100) : IQuery<Conversation?>;

internal readonly record struct ConversationCursor(Instant At, long LineId);

/// <summary>A stretch of a conversation, the oldest line first.</summary>
/// <param name="Earlier">Where the lines before these start; null when there are none.</param>
internal sealed record Conversation(PatientChannel Channel, IReadOnlyList<ConversationLine> Lines, ConversationCursor? Earlier);

/// <summary>A line with what became of it on its way out.</summary>
/// <param name="State">For what we said: what we know of the way out.</param>
/// <param name="Delivery">For what we said: what the provider reported.</param>
/// <param name="FailureCode">The provider's code, or ours.</param>
public sealed record ConversationLine(
    long Id,
    LineKind Kind,
    Instant At,
    string Body,
    Medium? Medium,
    string? Event,
    string? By,
    long? AppointmentId,
    long? OutboundMessageId,
    long? InboundTextId,
    OutboundState? State,
    DeliveryState? Delivery,
    string? FailureCode);

internal sealed class ChannelConversationHandler(IntegrationDb db) : IQueryHandler<ChannelConversation, Conversation?>
{
    public async ValueTask<Conversation?> Handle(ChannelConversation query, CancellationToken cancellationToken)
    {
        var channel = await db.Set<PatientChannel>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == query.ChannelId, cancellationToken);
        if (channel is null)
            return null;

        var lines = db.Set<ChannelLine>().Where(line => line.ChannelId == query.ChannelId);
        if (query.Before is { } before)
            lines = lines.Where(line => line.At < before.At || (line.At == before.At && line.Id < before.LineId));
        var latest = await (
            from line in lines.OrderByDescending(line => line.At).ThenByDescending(line => line.Id).Take(query.Take + 1)
            join message in db.Set<OutboundMessage>() on line.OutboundMessageId equals message.Id into messages
            from message in messages.DefaultIfEmpty()
            orderby line.At descending, line.Id descending
            select new ConversationLine(
                line.Id, line.Kind, line.At, line.Body, line.Medium, line.Event, line.By, line.AppointmentId, line.OutboundMessageId,
                line.InboundTextId, message.State, message.Delivery, message.FailureCode))
            .AsNoTracking()
            .ToListAsync(cancellationToken);

        var more = latest.Count > query.Take;
        if (more)
            latest.RemoveAt(query.Take);
        latest.Reverse();
        return new Conversation(channel, latest, more ? new ConversationCursor(latest[0].At, latest[0].Id) : null);
    }
}
