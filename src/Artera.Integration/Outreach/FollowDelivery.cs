using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>
/// A message will not arrive. A number that cannot take texts is remembered as a landline, and the plan goes
/// back to be sent by the next medium if there is one; else the ledger says what came of it.
/// </summary>
internal sealed class FollowDelivery(IntegrationDb db, Snapshot<TriggerBook> triggers, Composer composer, ISender sender, TimeProvider time)
    : INotificationHandler<MessageFailed>
{
    public async ValueTask Handle(MessageFailed notification, CancellationToken cancellationToken)
    {
        var message = notification.Message;
        if (notification.NotMobile)
        {
            await sender.Send(new MarkLandline(message.To), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        if (PlannedMessage.ReadReference(message.Reference) is not { } id
            || await db.FindAsync<PlannedMessage>([id], cancellationToken) is not { State: PlanState.Sent } row
            || row.OutboundMessageId != message.Id)
        {
            return;
        }

        await db.Set<OpenQuestion>()
            .Where(question => question.AppointmentId == row.SubjectId && question.OutboundMessageId == message.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(question => question.State, QuestionState.Closed), cancellationToken);
        row.Detail = $"{message.Medium} {message.FailureCode}".Trim();
        if (notification.NotMobile && await HasAnotherWay(row, cancellationToken))
            (row.State, row.DueAt) = (PlanState.Planned, time.Now());
        else
            row.Reason = Reasons.Failed;
    }

    private async Task<bool> HasAnotherWay(PlannedMessage row, CancellationToken cancellation)
    {
        var trigger = (await triggers.Get(cancellation)).Trigger(row.TriggerId);
        var appointment = await db.FindAsync<Appointment>([row.SubjectId], cancellation);
        var patient = await db.Set<Patient>().Include(person => person.ContactPoints).SingleAsync(person => person.Id == row.PatientId, cancellation);
        return trigger is not null && appointment?.PracticeId is not null && await composer.CanReach(trigger, appointment, patient, cancellation);
    }
}
