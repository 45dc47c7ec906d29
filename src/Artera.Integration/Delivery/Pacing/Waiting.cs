using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Delivery.Pacing;

/// <summary>A message that is due, as far as its turn is concerned.</summary>
internal sealed record Waiting(long Id, Medium Medium, long LineId, string From, Priority Priority, Instant DueAt, int Segments)
{
    public string Sender => LinePace.SenderOf(Medium, LineId);

    /// <summary>What it takes of the line's rate.</summary>
    public int Units => Math.Max(1, Segments);
}

internal static class WaitingMessages
{
    /// <summary>The first due messages of every line, the most urgent first. A line with thousands costs no more than one with a few.</summary>
    public static async Task<List<Waiting>> FirstOfEveryLine(this IntegrationDb db, Medium medium, int ofEach, Instant now, CancellationToken cancellation)
    {
        var queued = db.Set<OutboundMessage>().Where(message => message.State == OutboundState.Queued && message.Medium == medium);
        var found = new List<Waiting>();
        for (var line = await After(long.MinValue); line is { } its; line = await After(its))
        {
            found.AddRange(await queued
                .Where(message => message.LineId == its && message.DueAt <= now && (message.ClaimedUntil == null || message.ClaimedUntil < now))
                .OrderBy(message => message.Priority).ThenBy(message => message.DueAt).ThenBy(message => message.Id)
                .Take(ofEach)
                .Select(message => new Waiting(message.Id, message.Medium, message.LineId, message.From, message.Priority, message.DueAt, message.Segments))
                .ToListAsync(cancellation));
        }

        return [.. found.OrderBy(message => message.Priority).ThenBy(message => message.DueAt).ThenBy(message => message.Id)];

        Task<long?> After(long last) => queued.Where(message => message.LineId > last).OrderBy(message => message.LineId)
            .Select(message => (long?)message.LineId).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Calls of a line that are about to begin, ring or are spoken in. One of which nothing was heard for long is over.</summary>
    public static Task<int> CallsUnderWay(this IntegrationDb db, long lineId, Instant now, CancellationToken cancellation)
    {
        Instant? longAgo = now - Duration.FromMinutes(10);
        return db.Set<OutboundMessage>()
            .Where(message => message.Medium == Medium.Voice && message.LineId == lineId)
            .CountAsync(
                message => message.State == OutboundState.Sending
                    || (message.State == OutboundState.Queued && message.ClaimedUntil > now)
                    || (message.State == OutboundState.Sent && message.Delivery == DeliveryState.Sent && message.SentAt > longAgo),
                cancellation);
    }
}
