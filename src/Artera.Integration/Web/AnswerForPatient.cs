using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Operations.Audit;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web;

/// <summary>Staff, or a machine client, answers for the patient; goes the way of the patient's own answer.</summary>
internal sealed record AnswerForPatient(long AppointmentId, PatientStatus Status, string Who) : IRequest<AnswerForPatient.Outcome>
{
    public enum Outcome
    {
        Done,
        NoSuchAppointment,

        /// <summary>The EMR no longer has it as booked.</summary>
        NotLive,
    }
}

internal sealed class AnswerForPatientHandler(IntegrationDb db, ISender sender, AuditLog audit)
    : IRequestHandler<AnswerForPatient, AnswerForPatient.Outcome>
{
    public async ValueTask<AnswerForPatient.Outcome> Handle(AnswerForPatient request, CancellationToken cancellationToken)
    {
        if (await db.Set<Appointment>().SingleOrDefaultAsync(row => row.Id == request.AppointmentId, cancellationToken) is not { } appointment)
            return AnswerForPatient.Outcome.NoSuchAppointment;
        if (!appointment.IsLive)
            return AnswerForPatient.Outcome.NotLive;

        await sender.Send(new AnswerAppointment(request.AppointmentId, request.Status, request.Who), cancellationToken);
        audit.Note(request.Who, "answered", appointment.PatientId, $"appointment:{request.AppointmentId}");
        return AnswerForPatient.Outcome.Done;
    }
}
