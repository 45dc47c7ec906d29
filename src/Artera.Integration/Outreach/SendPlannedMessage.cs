using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Mediator;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>
/// A planned message is due: decided again on the data of this moment, then put into words and queued, or not
/// sent and why. The claim makes it once: whoever lost it changes nothing.
/// </summary>
/// <returns>What became of the row; null when it was somebody else's or no longer planned.</returns>
internal sealed record SendPlannedMessage(long Id, Guid Claim) : IRequest<PlanState?>;

internal sealed class SendPlannedMessageHandler(IntegrationDb db, Reviews reviews, SameDay sameDay, Composer composer, ISender sender, IPublisher publisher, TimeProvider time)
    : IRequestHandler<SendPlannedMessage, PlanState?>
{
    /// <summary>How long a patient waits for the same words to leave for another one at the number: they may be held back yet.</summary>
    private static readonly Duration UntilItLeaves = Duration.FromMinutes(1);

    public async ValueTask<PlanState?> Handle(SendPlannedMessage request, CancellationToken cancellationToken)
    {
        var row = await db.Set<PlannedMessage>().FirstOrDefaultAsync(
            planned => planned.Id == request.Id && planned.Claim == request.Claim && planned.State == PlanState.Planned, cancellationToken);
        if (row is null)
            return null;

        var review = await reviews.Of(row, cancellationToken);
        var now = time.Now();
        if (review.Moment.Later is { } later)
            row.PutOff(later);
        else if (review.Moment.Reason is { } reason)
            row.Withdraw(reason, review.Moment.Detail, now);
        else if (row.Module == TriggerModule.Campaign && await ToldBefore(row, cancellationToken))
            row.Withdraw(Reasons.ToldBefore, null, now);
        else
            await Send(row, review, now, cancellationToken);
        return row.State;
    }

    private async Task Send(PlannedMessage row, Review review, Instant now, CancellationToken cancellation)
    {
        var (subject, patient, trigger) = (review.Subject, review.Patient, review.Trigger!);
        var together = await sameDay.With(row, review, cancellation);
        var told = together.Count > 0 ? together.ConvertAll(pair => pair.Visit) : subject is Visit alone ? [alone] : [];
        if (trigger.Timing is { Anchor: Anchor.Start, Before: true } && await WaitsUntil(told, cancellation) is { } until)
        {
            row.PutOff(until);
            return;
        }

        var message = await composer.Compose(trigger, subject, together.ConvertAll(pair => pair.Visit), patient, cancellation);
        if (message.Line is not { } line)
        {
            row.Withdraw(message.Reason!, message.Detail, now);
            return;
        }

        if (subject is Mailing mailing && await db.HeardAlready(row, mailing.Campaign, message, cancellation) is { } there)
        {
            if (there == OutboundState.Sent)
                row.Withdraw(Reasons.SameNumber, null, now);
            else
                row.PutOff(now + UntilItLeaves);
            return;
        }

        if (!message.Merged)
            together = subject is Visit only ? [(row, only)] : [];
        var outbound = await sender.Send(
            new QueueMessage(
                message.Medium, line.Id, line.Number, message.Address, message.Body,
                PriorityOf(trigger),
                patient.Id, PlannedMessage.ReferenceOf(row.Id), message.Subject,
                NotAfter: together.Count > 0 ? together[0].Visit.NotAfter(trigger) : subject.NotAfter(trigger),
                Language: message.Language, Asks: trigger.Asks),
            cancellation);
        row.SentAs(outbound.Id, now);
        if (row.Module == TriggerModule.Recall)
            await publisher.Publish(new RecallContacted(row.SubjectId), cancellation);
        else if (row.Module == TriggerModule.Referral)
            await publisher.Publish(new ReferralContacted(row.SubjectId), cancellation);
        foreach (var (other, _) in together.Where(pair => pair.Row != row))
            other.ToldBy(outbound.Id, now);
        if (trigger.Asks && message.Medium != Medium.Email)
            db.AddRange(together.Select(pair => pair.Visit.Appointment).Where(visit => visit.StartsAt is not null).Select(visit => Question(visit, outbound, now)));
    }

    private static Priority PriorityOf(Trigger trigger) => trigger switch
    {
        { Module: TriggerModule.Campaign } => Priority.Bulk,
        { Timing.Anchor: Anchor.PatientStatusChanged } => Priority.Reply,
        _ => Priority.Reminder,
    };

    /// <summary>Two who were both meant have turned out to be one.</summary>
    private Task<bool> ToldBefore(PlannedMessage row, CancellationToken cancellation) => db.Set<PlannedMessage>()
        .AnyAsync(other => other.PatientId == row.PatientId && other.TriggerId == row.TriggerId && other.State == PlanState.Sent && other.Id != row.Id, cancellation);

    /// <summary>Somebody wants to look at a visit before the patient is reminded of it.</summary>
    private async Task<Instant?> WaitsUntil(List<Visit> told, CancellationToken cancellation)
    {
        Instant? until = null;
        foreach (var visit in told)
        {
            var reminding = new AppointmentReminding(visit.Appointment);
            await publisher.Publish(reminding, cancellation);
            until = until > reminding.Until ? until : reminding.Until ?? until;
        }

        return until;
    }

    private static OpenQuestion Question(Appointment visit, OutboundMessage asking, Instant now) => new()
    {
        LineId = asking.LineId,
        Number = asking.To,
        PatientId = visit.PatientId,
        AppointmentId = visit.Id,
        OutboundMessageId = asking.Id,
        AskedAt = now,
        ClosesAt = visit.StartsAt!.Value,
    };
}
