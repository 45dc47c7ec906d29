using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>
/// A message will not arrive. A number that cannot take texts is remembered as a landline, and the plan goes
/// back to be sent by the next medium if there is one, as it does when the number has opted out; else the ledger
/// says what came of it.
/// </summary>
internal sealed class FollowDelivery(IntegrationDb db, Reviews reviews, Composer composer, ISender sender, TimeProvider time)
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
            || await db.FindAsync<PlannedMessage>([id], cancellationToken) is not { } row
            || row.OutboundMessageId != message.Id)
        {
            return;
        }

        await db.Set<OpenQuestion>()
            .Where(question => question.PatientId == row.PatientId && question.OutboundMessageId == message.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(question => question.State, QuestionState.Closed), cancellationToken);
        foreach (var told in (await db.RowsOf(row, message.Id, cancellationToken)).Where(told => told.State == PlanState.Sent))
            await Failed(told, notification, cancellationToken);
    }

    private async Task Failed(PlannedMessage row, MessageFailed failed, CancellationToken cancellation)
    {
        row.Detail = $"{failed.Message.Medium} {failed.Message.FailureCode}".Trim();
        if ((failed.NotMobile || failed.OptedOut) && await HasAnotherWay(row, cancellation))
            row.PlanAgain(time.Now(), Reasons.OtherMedium);
        else if (failed.OptedOut)
            row.Withdraw(Reasons.OptedOut, null, time.Now());
        else
            row.Reason = Reasons.Failed;
        await db.GoOnWithItsCampaign(row, time.Now(), cancellation);
    }

    private async Task<bool> HasAnotherWay(PlannedMessage row, CancellationToken cancellation) =>
        await reviews.Of(row, cancellation) is { Trigger: { } trigger, Subject: var subject, Patient: var patient }
        && await composer.CanReach(trigger, subject, patient, cancellation);
}
