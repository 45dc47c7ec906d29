using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>
/// Reminders that wait in the queue, because the line is busy or the provider is down: whoever wants to look at a visit
/// before its patient is reminded looks again, so that what leaves in the end is decided on what is true then.
/// </summary>
/// <returns>How many visits.</returns>
internal sealed record LookAtQueued : IRequest<int>;

internal sealed class LookAtQueuedHandler(IntegrationDb db, IPublisher publisher, TimeProvider time) : IRequestHandler<LookAtQueued, int>
{
    /// <summary>The next to leave; what is behind them has its turn when they have left.</summary>
    private const int Most = 500;

    /// <summary>What was queued a moment ago was looked at then.</summary>
    private static readonly Duration Long = Duration.FromMinutes(5);

    public async ValueTask<int> Handle(LookAtQueued request, CancellationToken cancellationToken)
    {
        var since = time.Now() - Long;
        var references = await db.Set<OutboundMessage>().AsNoTracking()
            .Where(message => message.State == OutboundState.Queued && message.Priority == Priority.Reminder && message.CreatedAt <= since)
            .OrderBy(message => message.DueAt).Take(Most).Select(message => message.Reference).ToListAsync(cancellationToken);
        var rows = references.Select(PlannedMessage.ReadReference).OfType<long>().ToList();
        if (rows.Count == 0)
            return 0;
        var ids = await db.Set<PlannedMessage>().Where(row => rows.Contains(row.Id) && row.Module == TriggerModule.Appointment)
            .Select(row => row.SubjectId).Distinct().ToListAsync(cancellationToken);
        var visits = await db.Set<Appointment>().AsNoTracking().Where(visit => ids.Contains(visit.Id)).ToListAsync(cancellationToken);
        foreach (var visit in visits)
            await publisher.Publish(new AppointmentReminding(visit), cancellationToken);
        return visits.Count;
    }
}
