using Artera.Integration.Data;
using NodaTime;

namespace Artera.Integration.Delivery.Pacing;

internal static class Pauses
{
    /// <summary>The provider takes nothing more from the line for a while; others go on. To be called in a command.</summary>
    public static async Task PauseLine(this IntegrationDb db, Medium medium, long lineId, Instant now, Instant until, CancellationToken cancellation)
    {
        var sender = LinePace.SenderOf(medium, lineId);
        var pace = await db.FindAsync<LinePace>([sender], cancellation);
        if (pace is null)
            db.Add(pace = new LinePace { Sender = sender, FreeAt = now, Turn = default });
        pace.PausedUntil = pace.PausedUntil > until ? pace.PausedUntil : until;
        pace.Turn = Guid.CreateVersion7();
    }
}
