using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Patients;
using Mediator;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>
/// A message is about to leave, maybe hours after it was queued: the provider was down, or the line was busy. What a
/// trigger sent is decided once more; whatever else is meant for a patient is held back from the dead, and from the
/// medium that the EMR says was refused.
/// </summary>
internal sealed class FollowLeaving(IntegrationDb db, Reviews reviews, Composer composer, TimeProvider time) : INotificationHandler<MessageLeaving>
{
    public async ValueTask Handle(MessageLeaving notification, CancellationToken cancellationToken)
    {
        var message = notification.Message;
        if (PlannedMessage.ReadReference(message.Reference) is { } id)
        {
            if (await db.FindAsync<PlannedMessage>([id], cancellationToken) is { } row && await WhyNot(message, row, cancellationToken) is { } reason)
                notification.HoldBack(reason, Reasons.InWords(reason, null)!);
        }
        else if (message.PatientId is { } patientId && await db.FindAsync<Patient>([patientId], cancellationToken) is { } patient && Binding(message, patient) is { } reason)
        {
            notification.HoldBack(reason, Reasons.InWords(reason, null)!);
        }
    }

    /// <summary>What binds everything, by hand or automatic.</summary>
    private static string? Binding(OutboundMessage message, Patient patient)
    {
        if (patient.Deceased)
            return Reasons.Deceased;
        return Reach.Refused(message.Medium, patient) ? Reasons.OptedOutInEmr : null;
    }

    /// <summary>Brings the row to what is decided now: not at all, later, or another way.</summary>
    private async Task<string?> WhyNot(OutboundMessage message, PlannedMessage row, CancellationToken cancellation)
    {
        if (row.OutboundMessageId != message.Id || row.State != PlanState.Sent)
            return Reasons.Superseded;

        var review = await reviews.Of(row, cancellation);
        var now = time.Now();
        if (review.Moment.Reason is { } reason)
        {
            row.Withdraw(reason, review.Moment.Detail, now);
            return reason;
        }

        var blocked = Reach.Refused(message.Medium, review.Patient) ? Reasons.OptedOutInEmr
            : !review.Patient.ContactPoints.Exists(point => point.Address == message.To) ? Reasons.AddressChanged
            : null;
        if (blocked is null && review.Moment.Later is { } later)
        {
            row.PlanAgain(later, reason: null);
            return Reasons.QuietHours;
        }

        if (blocked is null)
            return null;
        if (await composer.CanReach(review.Trigger!, review.Subject, review.Patient, cancellation))
            row.PlanAgain(now, Reasons.OtherMedium);
        else
            row.Withdraw(blocked == Reasons.AddressChanged ? Reasons.NoContact : blocked, null, now);
        return blocked;
    }
}
