using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Artera.Integration.Outreach;

/// <summary>
/// A planned message is due: decided again on the data of this moment, then put into words and queued, or not
/// sent and why. The claim makes it once: whoever lost it changes nothing.
/// </summary>
/// <returns>What became of the row; null when it was somebody else's or no longer planned.</returns>
internal sealed record SendPlannedMessage(long Id, Guid Claim) : IRequest<PlanState?>;

internal sealed class SendPlannedMessageHandler(
    IntegrationDb db,
    Snapshot<TriggerBook> triggers,
    Snapshot<EnterpriseDirectory> enterprise,
    Composer composer,
    ISender sender,
    IOptions<OutreachOptions> options,
    TimeProvider time) : IRequestHandler<SendPlannedMessage, PlanState?>
{
    public async ValueTask<PlanState?> Handle(SendPlannedMessage request, CancellationToken cancellationToken)
    {
        var row = await db.Set<PlannedMessage>().FirstOrDefaultAsync(
            planned => planned.Id == request.Id && planned.Claim == request.Claim && planned.State == PlanState.Planned, cancellationToken);
        if (row is null)
            return null;

        var appointment = (await db.FindAsync<Appointment>([row.SubjectId], cancellationToken))!;
        var patient = await db.Set<Patient>().Include(person => person.ContactPoints).SingleAsync(person => person.Id == row.PatientId, cancellationToken);
        var now = time.Now();
        if (appointment.PracticeId is not { } practiceId)
        {
            row.Withdraw(Reasons.Unmapped, null, now);
            return row.State;
        }

        var trigger = (await triggers.Get(cancellationToken)).For(practiceId, row.Module).FirstOrDefault(holding => holding.Id == row.TriggerId);
        var directory = await enterprise.Get(cancellationToken);
        var calendar = new PracticeCalendar(directory.Practice(practiceId), directory.Holidays);
        var moment = Moment.Of(row, trigger, appointment, patient, calendar, options.Value, now);
        if (moment.Later is { } later)
            row.PutOff(later);
        else if (moment.Reason is { } reason)
            row.Withdraw(reason, moment.Detail, now);
        else
            await Send(row, trigger!, appointment, patient, now, cancellationToken);
        return row.State;
    }

    private async Task Send(PlannedMessage row, Trigger trigger, Appointment appointment, Patient patient, Instant now, CancellationToken cancellation)
    {
        var message = await composer.Compose(trigger, appointment, patient, cancellation);
        if (message.Line is not { } line)
        {
            row.Withdraw(message.Reason!, message.Detail, now);
            return;
        }

        var outbound = await sender.Send(
            new QueueMessage(
                message.Medium, line.Id, line.Number, message.Address, message.Body,
                trigger.Timing.Anchor == Anchor.PatientStatusChanged ? Priority.Reply : Priority.Reminder,
                patient.Id, PlannedMessage.ReferenceOf(row.Id), message.Subject,
                NotAfter: Planner.IsAhead(trigger) ? appointment.StartsAt : null),
            cancellation);
        row.SentAs(outbound.Id, now);
        if (trigger.Asks && message.Medium == Medium.Sms && appointment.StartsAt is { } start)
        {
            db.Add(new OpenQuestion
            {
                LineId = line.Id,
                Number = message.Address,
                PatientId = patient.Id,
                AppointmentId = appointment.Id,
                OutboundMessageId = outbound.Id,
                AskedAt = now,
                ClosesAt = start,
            });
        }
    }
}
