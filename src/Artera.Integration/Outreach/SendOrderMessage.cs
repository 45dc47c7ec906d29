using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Outreach;

/// <summary>A planned message about a recall or a referral is due; see <see cref="SendPlannedMessage"/>.</summary>
internal sealed record SendOrderMessage(long Id, Guid Claim) : IRequest<PlanState?>;

internal sealed class SendOrderMessageHandler(
    IntegrationDb db,
    Snapshot<TriggerBook> triggers,
    Snapshot<EnterpriseDirectory> enterprise,
    Composer composer,
    ISender sender,
    IOptions<OutreachOptions> options,
    TimeProvider time) : IRequestHandler<SendOrderMessage, PlanState?>
{
    public async ValueTask<PlanState?> Handle(SendOrderMessage request, CancellationToken cancellationToken)
    {
        var row = await db.Set<PlannedMessage>().FirstOrDefaultAsync(
            planned => planned.Id == request.Id && planned.Claim == request.Claim && planned.State == PlanState.Planned, cancellationToken);
        if (row is null)
            return null;

        var order = await Find(row, cancellationToken);
        var now = time.Now();
        if (order.PracticeId is not { } practiceId)
        {
            row.Withdraw(Reasons.Unmapped, null, now);
            return row.State;
        }

        var patient = await db.Set<Patient>().Include(person => person.ContactPoints).SingleAsync(person => person.Id == row.PatientId, cancellationToken);
        var trigger = (await triggers.Get(cancellationToken)).For(practiceId, row.Module).FirstOrDefault(holding => holding.Id == row.TriggerId);
        var directory = await enterprise.Get(cancellationToken);
        var moment = Moment.Of(row, trigger, order, patient, new PracticeCalendar(directory.Practice(practiceId), directory.Holidays), options.Value, now);
        if (moment.Later is { } later)
            row.PutOff(later);
        else if (moment.Reason is { } reason)
            row.Withdraw(reason, moment.Detail, now);
        else
            await Send(row, trigger!, order, patient, cancellationToken);
        return row.State;
    }

    private async Task Send(PlannedMessage row, Trigger trigger, Order order, Patient patient, CancellationToken cancellation)
    {
        var message = await composer.Compose(trigger, order, patient, cancellation);
        if (message.Line is not { } line)
        {
            row.Withdraw(message.Reason!, message.Detail, time.Now());
            return;
        }

        var outbound = await sender.Send(
            new QueueMessage(
                message.Medium, line.Id, line.Number, message.Address, message.Body, Priority.Reminder, patient.Id,
                PlannedMessage.ReferenceOf(row.Id), message.Subject),
            cancellation);
        row.SentAs(outbound.Id, time.Now());
    }

    private async Task<Order> Find(PlannedMessage row, CancellationToken cancellation) => row.Module == TriggerModule.Recall
        ? Order.Of((await db.FindAsync<Recall>([row.SubjectId], cancellation))!)
        : Order.Of((await db.FindAsync<Referral>([row.SubjectId], cancellation))!);
}
