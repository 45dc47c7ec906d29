using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>
/// The EMR speaks of a visit whose answer it has not taken: what it says may settle the answer, because it cancelled
/// or confirmed by itself, or because staff entered by hand what it had refused, or turn it into a question for a person.
/// </summary>
public sealed class LookAgain(IntegrationDb db, TimeProvider time, IOptions<WriteBackOptions> options, Settlement settlement)
    : INotificationHandler<AppointmentUpdated>, INotificationHandler<AppointmentCancelled>
{
    public ValueTask Handle(AppointmentUpdated notification, CancellationToken cancellationToken) =>
        notification.Moved || notification.Appointment.PatientStatus != PatientStatus.Unconfirmed
            ? Look(notification.Appointment, cancellationToken)
            : default;

    public ValueTask Handle(AppointmentCancelled notification, CancellationToken cancellationToken) =>
        Look(notification.Appointment, cancellationToken);

    private async ValueTask Look(Appointment appointment, CancellationToken cancellation)
    {
        if (db.IsNew(appointment))
            return;
        var now = time.Now();
        var unsettled = db.AtHand<long, PendingWriteBack>().Find(appointment.Id)
            ?? await db.Set<PendingWriteBack>().Where(Unsettled.Rows).Where(row => row.AppointmentId == appointment.Id).ToListAsync(cancellation);

        foreach (var answer in unsettled.FindAll(Unsettled.Is))
        {
            var ending = Relevance.Of(answer, appointment, now, Duration.FromTimeSpan(options.Value.SendAfterStart));
            if (ending is not { } end || (answer.State != WriteBackState.Pending && end.State == WriteBackState.Parked))
                continue;
            answer.Settle(end.State, end.Cause, now);
            await settlement.Tell(answer, appointment, cancellation);
        }
    }
}
