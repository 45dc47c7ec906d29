using Artera.Integration.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Appointments;

/// <summary>The patient confirms, cancels or asks for another time; or staff does on the patient's behalf.</summary>
/// <param name="By"><c>patient</c>, or the user's name.</param>
/// <returns>False when the appointment already stands that way.</returns>
public sealed record AnswerAppointment(long AppointmentId, PatientStatus Status, string By) : IRequest<bool>;

public sealed class AnswerAppointmentHandler(IntegrationDb db, TimeProvider time, IPublisher publisher) : IRequestHandler<AnswerAppointment, bool>
{
    public async ValueTask<bool> Handle(AnswerAppointment request, CancellationToken cancellationToken)
    {
        var appointment = await db.Set<Appointment>().SingleAsync(row => row.Id == request.AppointmentId, cancellationToken);
        if (appointment.PatientStatus == request.Status)
            return false;

        var before = appointment.PatientStatus;
        appointment.PatientStatus = request.Status;
        appointment.PatientStatusAt = time.Now();
        await publisher.Publish(new PatientAnswered(appointment, before, request.By), cancellationToken);
        return true;
    }
}
