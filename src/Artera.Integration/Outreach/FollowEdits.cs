using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>An edit asks for what it touches to be planned again; one that is under way for the same starts over.</summary>
internal sealed class FollowEdits(IntegrationDb db, TimeProvider time) : INotificationHandler<TriggerEdited>
{
    public async ValueTask Handle(TriggerEdited notification, CancellationToken cancellationToken)
    {
        if (notification.Trigger.Module != TriggerModule.InboundMessage)
            await db.AskForReplanning(notification.Trigger.Module, notification.PracticeId, time.Now(), cancellationToken);
    }
}

internal static class AskingForReplanning
{
    /// <summary>In the caller's transaction.</summary>
    public static async Task AskForReplanning(this IntegrationDb db, TriggerModule module, long? practice, Instant now, CancellationToken cancellation)
    {
        var same = await db.Set<Replanning>()
            .FirstOrDefaultAsync(row => row.FinishedAt == null && row.Module == module && row.PracticeId == practice, cancellation);
        if (same is null)
            db.Add(new Replanning { Module = module, PracticeId = practice, StartedAt = now, DueAt = now });
        else
            (same.StartedAt, same.Place, same.Done, same.Of) = (now, default, 0, null);
    }
}
