using System.Linq.Expressions;
using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.WriteBack;

/// <summary>The answers about many appointments that the EMR has not taken, read at once.</summary>
public sealed class ReadAnswersAhead(IntegrationDb db) : INotificationHandler<AppointmentsAtHand>
{
    public async ValueTask Handle(AppointmentsAtHand notification, CancellationToken cancellationToken)
    {
        var ids = notification.AppointmentIds;
        var atHand = db.AtHand<long, PendingWriteBack>();
        atHand.Expect(ids);
        if (ids.Count == 0)
            return;
        foreach (var answer in await db.Set<PendingWriteBack>().Where(Unsettled.Rows).Where(row => ids.Contains(row.AppointmentId)).ToListAsync(cancellationToken))
            atHand.Put(answer.AppointmentId, answer);
    }
}

internal static class Unsettled
{
    public static readonly Expression<Func<PendingWriteBack, bool>> Rows = row =>
        row.State == WriteBackState.Pending || row.State == WriteBackState.Parked || row.State == WriteBackState.NotSupported;

    public static readonly Predicate<PendingWriteBack> Is = new(Rows.Compile());
}
