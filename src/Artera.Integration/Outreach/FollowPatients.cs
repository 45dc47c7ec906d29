using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>Plans follow the patient: other data, a death, a merge.</summary>
public sealed class FollowPatients(IntegrationDb db, ISender sender, TimeProvider time) :
    INotificationHandler<PatientChanged>,
    INotificationHandler<PatientDied>,
    INotificationHandler<PatientsJoined>
{
    public async ValueTask Handle(PatientChanged notification, CancellationToken cancellationToken)
    {
        var now = time.Now();
        await sender.Send(new PlanMessages(await db.FindOpenSubjects(notification.PatientId, now, cancellationToken)), cancellationToken);
    }

    public ValueTask Handle(PatientDied notification, CancellationToken cancellationToken) =>
        Withdraw(notification.PatientId, Reasons.Deceased, cancellationToken);

    public async ValueTask Handle(PatientsJoined notification, CancellationToken cancellationToken)
    {
        await db.Set<PlannedMessage>().Where(row => row.PatientId == notification.LosingId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PatientId, notification.SurvivorId), cancellationToken);
        await db.Set<OpenQuestion>().Where(row => row.PatientId == notification.LosingId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PatientId, notification.SurvivorId), cancellationToken);

        await db.Set<OutboundMessage>().Where(row => row.State == OutboundState.Queued && row.PatientId == notification.LosingId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PatientId, notification.SurvivorId), cancellationToken);

        var survivor = (await db.FindAsync<Patient>([notification.SurvivorId], cancellationToken))!;
        if (survivor.Deceased)
            await Withdraw(survivor.Id, Reasons.Deceased, cancellationToken);
        else if (survivor.DoNotContact)
            await Withdraw(survivor.Id, Reasons.DoNotContact, cancellationToken);
    }

    private async ValueTask Withdraw(long patientId, string reason, CancellationToken cancellation)
    {
        var planned = await db.Set<PlannedMessage>()
            .Where(row => row.PatientId == patientId && row.State == PlanState.Planned)
            .ToListAsync(cancellation);
        var now = time.Now();
        planned.ForEach(row => row.Withdraw(reason, null, now));
    }
}
