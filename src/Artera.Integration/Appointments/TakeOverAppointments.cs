using Artera.Integration.Data;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Appointments;

/// <summary>After a merge the survivor has the appointments of both.</summary>
public sealed class TakeOverAppointments(IntegrationDb db) : INotificationHandler<PatientsJoined>
{
    public async ValueTask Handle(PatientsJoined notification, CancellationToken cancellationToken)
    {
        var appointments = await db.Set<Appointment>()
            .Where(appointment => appointment.PatientId == notification.LosingId)
            .ToListAsync(cancellationToken);
        appointments.ForEach(appointment => appointment.PatientId = notification.SurvivorId);
    }
}
