using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>
/// A number opted out of a line: whatever could only have gone there is withdrawn, for everybody who shares the
/// number. It opted in again: what is still to come is planned again.
/// </summary>
internal sealed class FollowConsent(IntegrationDb db, Snapshot<TriggerBook> triggers, Composer composer, ISender sender, TimeProvider time)
    : INotificationHandler<ConsentChanged>
{
    public async ValueTask Handle(ConsentChanged notification, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        var now = time.Now();
        var sharing = db.Set<ContactPoint>().Where(point => point.Address == notification.Number).Select(point => point.PatientId);
        var patients = await db.Set<Patient>().Include(patient => patient.ContactPoints)
            .Where(patient => sharing.Contains(patient.Id))
            .ToListAsync(cancellationToken);
        foreach (var patient in patients)
            await (notification.OptedOut ? Withdraw(patient, now, cancellationToken) : PlanAgain(patient, now, cancellationToken));
    }

    private async Task PlanAgain(Patient patient, Instant now, CancellationToken cancellation) =>
        await sender.Send(new PlanMessages(await db.FindOpenSubjects(patient.Id, now, cancellation), ConsentKnown: true), cancellation);

    private async Task Withdraw(Patient patient, Instant now, CancellationToken cancellation)
    {
        var book = await triggers.Get(cancellation);
        var planned = await db.Set<PlannedMessage>()
            .Where(row => row.PatientId == patient.Id && row.State == PlanState.Planned)
            .ToListAsync(cancellation);
        foreach (var row in planned)
        {
            if (book.Trigger(row.TriggerId) is { } trigger
                && await db.FindSubject(row, cancellation) is { PracticeId: not null } subject
                && !await composer.CanReach(trigger, subject, patient, cancellation))
            {
                row.Withdraw(Reasons.OptedOut, null, now);
            }
        }
    }
}
