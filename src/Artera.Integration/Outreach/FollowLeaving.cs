using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>
/// A message is about to leave, maybe hours after it was queued: the provider was down, or the line was busy. What a
/// trigger sent is decided once more; whatever else is meant for a patient is held back from the dead, and from the
/// medium that the EMR says was refused.
/// </summary>
internal sealed class FollowLeaving(IntegrationDb db, Reviews reviews, Composer composer, TimeProvider time) : INotificationHandler<MessagesLeaving>, INotificationHandler<MessageLeaving>
{
    /// <summary>What is asked of each message is read for all of them: they find it without asking the database.</summary>
    public async ValueTask Handle(MessagesLeaving notification, CancellationToken cancellationToken)
    {
        if (notification.Messages.Count < 2)
            return;
        var ids = notification.Messages.Select(message => PlannedMessage.ReadReference(message.Reference)).OfType<long>().ToList();
        var rows = ids.Count == 0 ? [] : await db.Set<PlannedMessage>().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
        var patients = rows.Select(row => row.PatientId).Concat(notification.Messages.Select(message => message.PatientId).OfType<long>()).Distinct().ToList();
        if (patients.Count > 0)
            await db.Set<Patient>().Include(patient => patient.ContactPoints).Where(patient => patients.Contains(patient.Id)).LoadAsync(cancellationToken);
        var visits = rows.Where(row => row.Module == TriggerModule.Appointment).Select(row => row.SubjectId).Distinct().ToList();
        if (visits.Count > 0)
            await db.Set<Appointment>().Where(visit => visits.Contains(visit.Id)).LoadAsync(cancellationToken);
    }

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

    /// <summary>Brings the rows that the message tells of to what is decided now: not at all, later, another way, or in another message.</summary>
    private async Task<string?> WhyNot(OutboundMessage message, PlannedMessage row, CancellationToken cancellation)
    {
        if (row.OutboundMessageId != message.Id || row.State != PlanState.Sent)
            return Reasons.Superseded;

        var found = new List<(PlannedMessage Row, Review Review, string? Against)> { await Look(message, row, lead: true, cancellation) };
        if (found[0].Review.Trigger is not { Merges: false })
        {
            foreach (var other in (await db.RowsOf(row, message.Id, cancellation)).Where(other => other.Id != row.Id))
                found.Add(await Look(message, other, lead: false, cancellation));
        }

        if (found.Find(one => one.Against is not null).Against is not { } reason)
            return null;
        foreach (var one in found)
            await Settle(one.Row, one.Review, one.Against, cancellation);
        return reason;
    }

    /// <summary>The night holds back the whole message; that another visit's own time is later does not.</summary>
    private async Task<(PlannedMessage Row, Review Review, string? Against)> Look(OutboundMessage message, PlannedMessage row, bool lead, CancellationToken cancellation)
    {
        var review = await reviews.Of(row, cancellation);
        var against = review.Moment.Reason
            ?? (Reach.Refused(message.Medium, review.Patient) ? Reasons.OptedOutInEmr
                : !review.Patient.ContactPoints.Exists(point => point.Address == message.To) ? Reasons.AddressChanged
                : lead && review.Moment.Later is not null ? review.Moment.Waiting
                : null);
        return (row, review, against);
    }

    private async Task Settle(PlannedMessage row, Review review, string? against, CancellationToken cancellation)
    {
        var now = time.Now();
        if (review.Moment.Reason is { } reason)
            row.Withdraw(reason, review.Moment.Detail, now);
        else if (against is null or Reasons.QuietHours or Reasons.CampaignPaused)
            row.PlanAgain(review.Moment.Later ?? now, reason: null);
        else if (await composer.CanReach(review.Trigger!, review.Subject, review.Patient, cancellation))
            row.PlanAgain(now, Reasons.OtherMedium);
        else
            row.Withdraw(against == Reasons.AddressChanged ? Reasons.NoContact : against, null, now);
        await db.GoOnWithItsCampaign(row, now, cancellation);
    }
}
