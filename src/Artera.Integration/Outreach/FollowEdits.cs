using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>An edit asks for what it touches to be planned again; one that is under way for the same starts over.</summary>
internal sealed class FollowEdits(IntegrationDb db, TimeProvider time) : INotificationHandler<TriggerEdited>
{
    public async ValueTask Handle(TriggerEdited notification, CancellationToken cancellationToken)
    {
        var (module, practice) = (notification.Trigger.Module, notification.PracticeId);
        var now = time.Now();
        var same = await db.Set<Replanning>()
            .FirstOrDefaultAsync(row => row.FinishedAt == null && row.Module == module && row.PracticeId == practice, cancellationToken);
        if (same is null)
            db.Add(new Replanning { Module = module, PracticeId = practice, StartedAt = now, DueAt = now });
        else
            (same.StartedAt, same.After, same.Done) = (now, 0, 0);
    }
}
