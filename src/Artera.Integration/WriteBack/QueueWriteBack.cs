using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>
/// An answer is queued for the EMR in the transaction that records it. It takes the place of an older answer for the
/// same visit that surely has not reached the EMR.
/// </summary>
public sealed class QueueWriteBack(IntegrationDb db, EmrWriters writers, TimeProvider time, Settlement settlement)
    : INotificationHandler<PatientAnswered>
{
    public async ValueTask Handle(PatientAnswered notification, CancellationToken cancellationToken)
    {
        var appointment = notification.Appointment;
        if (writers.For(appointment) is not { } writer)
            return;

        var now = time.Now();
        await Supersede(appointment.Id, now, cancellationToken);
        if (!appointment.IsLive || appointment.PatientStatus == PatientStatus.Unconfirmed)
            return;

        var answer = new PendingWriteBack
        {
            Feed = writer.Feed,
            AppointmentId = appointment.Id,
            Status = appointment.PatientStatus,
            By = notification.By,
            CreatedAt = now,
            DueAt = now,
            StartsAt = appointment.StartsAt,
            MovedAt = appointment.ChangedAt,
        };
        db.Add(answer);
        if (writer.Takes(answer.Status))
            return;

        answer.Settle(WriteBackState.NotSupported, Causes.NotSupported, now);
        await settlement.Tell(answer, appointment, cancellationToken);
    }

    private async Task Supersede(long appointmentId, Instant now, CancellationToken cancellation)
    {
        Instant? at = now;
        await db.Set<PendingWriteBack>()
            .Where(row => row.AppointmentId == appointmentId
                && ((row.State == WriteBackState.Pending && !row.MayHaveArrived)
                    || row.State == WriteBackState.Parked || row.State == WriteBackState.NotSupported))
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, WriteBackState.Superseded)
                    .SetProperty(row => row.Cause, Causes.NewerAnswer)
                    .SetProperty(row => row.SettledAt, at),
                cancellation);
    }
}
