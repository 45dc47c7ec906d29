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

/// <summary>Decides again what a patient is told about appointments, and keeps the decisions.</summary>
/// <param name="Appointments">Of one patient, tracked.</param>
/// <param name="New">They were stored a moment ago, so that nothing can be planned yet.</param>
/// <param name="ConsentKnown">The patient may be written to again: what an opt-out blocked is planned again.</param>
/// <param name="Quietly">What happened is long past: only what is still ahead is planned.</param>
public sealed record PlanAppointments(IReadOnlyList<Appointment> Appointments, bool New = false, bool ConsentKnown = false, bool Quietly = false) : IRequest;

public sealed class PlanAppointmentsHandler(
    IntegrationDb db,
    Snapshot<TriggerBook> triggers,
    Snapshot<EnterpriseDirectory> enterprise,
    MediumBook media,
    IOptions<OutreachOptions> options,
    TimeProvider time) : IRequestHandler<PlanAppointments>
{
    public async ValueTask<Unit> Handle(PlanAppointments request, CancellationToken cancellationToken)
    {
        if (request.Appointments.Count == 0)
            return Unit.Value;

        var patient = await db.FindPatient(request.Appointments[0].PatientId, cancellationToken);
        var plans = await Plans(request, cancellationToken);
        var (book, directory) = (await triggers.Get(cancellationToken), await enterprise.Get(cancellationToken));
        var now = time.Now();
        foreach (var appointment in request.Appointments)
        {
            var own = plans.Find((TriggerModule.Appointment, appointment.Id))!;
            if (appointment.PracticeId is not { } practiceId)
            {
                own.FindAll(row => row.State == PlanState.Planned).ForEach(row => row.Withdraw(Reasons.Unmapped, null, now));
                continue;
            }

            var verdicts = Decide(book.For(practiceId, TriggerModule.Appointment), appointment, patient, directory, now, request.Quietly);
            var added = Ledger.Reconcile(appointment, verdicts, own, now, request.ConsentKnown);
            own.AddRange(added);
            db.AddRange(added);
        }

        return Unit.Value;
    }

    private List<(Trigger, Verdict?)> Decide(
        IReadOnlyList<Trigger> holding, Appointment appointment, Patient patient, EnterpriseDirectory directory, Instant now, bool quietly)
    {
        var calendar = new PracticeCalendar(directory.Practice(appointment.PracticeId!.Value), directory.Holidays);
        var quiet = options.Value.Quiet;
        return [.. holding.Select(trigger => (trigger, Planner.Decide(trigger, appointment, patient, calendar, quiet, media.Serves, now, quietly)))];
    }

    /// <summary>Of each appointment also those rows that an earlier event of the same transaction has added.</summary>
    private async Task<AtHand<(TriggerModule, long), PlannedMessage>> Plans(PlanAppointments request, CancellationToken cancellation)
    {
        var plans = db.AtHand<(TriggerModule, long), PlannedMessage>();
        var unknown = request.Appointments.Select(visit => visit.Id).Where(id => plans.Find((TriggerModule.Appointment, id)) is null).ToList();
        if (request.New)
            plans.Expect(unknown.Select(id => (TriggerModule.Appointment, id)));
        else
            await db.ReadPlansAhead(TriggerModule.Appointment, unknown, cancellation);
        return plans;
    }
}
