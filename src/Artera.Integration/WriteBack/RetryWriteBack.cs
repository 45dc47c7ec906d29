using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.WriteBack;

/// <summary>
/// A person has the EMR told after all: a parked answer is taken as one about the visit as it stands today. If the EMR
/// may have it already, the same message goes again under the same control id; else it is worded anew.
/// </summary>
/// <param name="By">The user's name.</param>
/// <returns>False when the answer is not parked, or the visit is no longer live.</returns>
public sealed record RetryWriteBack(long Id, string By) : IRequest<bool>;

public sealed class RetryWriteBackHandler(IntegrationDb db, TimeProvider time) : IRequestHandler<RetryWriteBack, bool>
{
    public async ValueTask<bool> Handle(RetryWriteBack request, CancellationToken cancellationToken)
    {
        var answer = await db.Set<PendingWriteBack>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (answer is not { State: WriteBackState.Parked or WriteBackState.NotSupported })
            return false;
        var appointment = await db.Set<Appointment>().SingleAsync(row => row.Id == answer.AppointmentId, cancellationToken);
        if (!appointment.IsLive)
            return false;

        if (!answer.MayHaveArrived)
            (answer.Sent, answer.ControlId) = (null, null);
        (answer.StartsAt, answer.MovedAt) = (appointment.StartsAt, appointment.ChangedAt);
        (answer.State, answer.Cause, answer.SettledAt) = (WriteBackState.Pending, Causes.Retried, null);
        (answer.Attempts, answer.DueAt, answer.By) = (0, time.Now(), request.By);
        return true;
    }
}
