using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach.Campaigns;

internal static class SameWords
{
    /// <summary>
    /// Whether a campaign has said just this to just this number or address already, for another patient who shares it. A
    /// family's phone rings once, unless the words name each of them.
    /// </summary>
    /// <returns>How far it came there; null when nothing of the kind went out. What is still queued may yet be held back.</returns>
    public static async Task<OutboundState?> HeardAlready(this IntegrationDb db, PlannedMessage row, Campaign campaign, Composed message, CancellationToken cancellation)
    {
        var (line, to, medium, body, since) = (message.Line!.Id, message.Address, message.Medium, message.Body, campaign.CreatedAt);
        var states = await db.Set<OutboundMessage>()
            .Where(other => other.LineId == line && other.To == to && other.CreatedAt >= since && other.Medium == medium && other.Body == body && other.State != OutboundState.Failed)
            .Where(other => db.Set<PlannedMessage>().Any(told => told.PatientId == other.PatientId && told.TriggerId == row.TriggerId && told.OutboundMessageId == other.Id && told.Id != row.Id))
            .Select(other => other.State)
            .ToListAsync(cancellation);
        return states.Count == 0 ? null : states.Contains(OutboundState.Sent) ? OutboundState.Sent : states[0];
    }
}
