using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Patients;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Outreach;

/// <summary>Decides again what a patient is told about a recall or a referral, and keeps the decisions.</summary>
internal sealed class OrderPlans(
    IntegrationDb db,
    Snapshot<TriggerBook> triggers,
    Snapshot<EnterpriseDirectory> enterprise,
    MediumBook media,
    IOptions<OutreachOptions> options,
    TimeProvider time)
{
    public async Task Plan(Order order, CancellationToken cancellation)
    {
        var rows = await db.Set<PlannedMessage>().Where(row => row.Module == order.Module && row.SubjectId == order.Id).ToListAsync(cancellation);
        var now = time.Now();
        if (order.PracticeId is not { } practiceId)
        {
            rows.FindAll(row => row.State == PlanState.Planned).ForEach(row => row.Withdraw(Reasons.Unmapped, null, now));
            return;
        }

        var patient = await db.Set<Patient>().Include(person => person.ContactPoints).SingleAsync(person => person.Id == order.PatientId, cancellation);
        var directory = await enterprise.Get(cancellation);
        var calendar = new PracticeCalendar(directory.Practice(practiceId), directory.Holidays);
        var holding = (await triggers.Get(cancellation)).For(practiceId, order.Module);
        List<(Trigger, Verdict?)> verdicts =
            [.. holding.Select(trigger => (trigger, OrderPlanner.Decide(trigger, order, patient, calendar, options.Value.Quiet, media.Serves, now)))];
        db.AddRange(Ledger.Reconcile(new Subject(order.Module, order.Id, order.PatientId), verdicts, rows, now));
        await db.SaveChangesAsync(cancellation);
    }
}
