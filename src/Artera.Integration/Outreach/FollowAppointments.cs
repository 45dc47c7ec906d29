using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>Plans follow the appointment, in the transaction that changes it.</summary>
public sealed class FollowAppointments(IntegrationDb db, ISender sender) :
    INotificationHandler<AppointmentBooked>,
    INotificationHandler<AppointmentUpdated>,
    INotificationHandler<AppointmentCancelled>,
    INotificationHandler<PatientAnswered>
{
    public async ValueTask Handle(AppointmentBooked notification, CancellationToken cancellationToken) =>
        await sender.Send(new PlanMessages([new Visit(notification.Appointment)], New: true, Quietly: notification.Quietly), cancellationToken);

    public async ValueTask Handle(AppointmentUpdated notification, CancellationToken cancellationToken)
    {
        if (notification.Moved || !notification.Appointment.IsLive)
            await CloseQuestions(notification.Appointment, cancellationToken);
        await sender.Send(new PlanMessages([new Visit(notification.Appointment)], Quietly: notification.Quietly), cancellationToken);
    }

    public async ValueTask Handle(AppointmentCancelled notification, CancellationToken cancellationToken)
    {
        await CloseQuestions(notification.Appointment, cancellationToken);
        await sender.Send(new PlanMessages([new Visit(notification.Appointment)], Quietly: notification.Quietly), cancellationToken);
    }

    public async ValueTask Handle(PatientAnswered notification, CancellationToken cancellationToken)
    {
        await db.Set<OpenQuestion>()
            .Where(question => question.AppointmentId == notification.Appointment.Id && question.State == QuestionState.Open)
            .ExecuteUpdateAsync(set => set.SetProperty(question => question.State, QuestionState.Answered), cancellationToken);
        await sender.Send(new PlanMessages([new Visit(notification.Appointment)]), cancellationToken);
    }

    private async Task CloseQuestions(Appointment appointment, CancellationToken cancellation)
    {
        if (db.IsNew(appointment))
            return;
        if (db.AtHand<long, OpenQuestion>().Find(appointment.Id) is { } known)
        {
            known.ForEach(question => question.State = QuestionState.Closed);
            return;
        }

        await db.Set<OpenQuestion>()
            .Where(question => question.AppointmentId == appointment.Id && question.State != QuestionState.Closed)
            .ExecuteUpdateAsync(set => set.SetProperty(question => question.State, QuestionState.Closed), cancellation);
    }
}
