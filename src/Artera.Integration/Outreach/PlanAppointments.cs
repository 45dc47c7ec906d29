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

        var patient = await FindPatient(request.Appointments[0].PatientId, cancellationToken);
        var rows = request.New ? [] : await Rows(request.Appointments, cancellationToken);
        var (book, directory) = (await triggers.Get(cancellationToken), await enterprise.Get(cancellationToken));
        var now = time.Now();
        foreach (var appointment in request.Appointments)
        {
            var own = rows.FindAll(row => row.SubjectId == appointment.Id);
            if (appointment.PracticeId is not { } practiceId)
            {
                own.FindAll(row => row.State == PlanState.Planned).ForEach(row => row.Withdraw(Reasons.Unmapped, null, now));
                continue;
            }

            var verdicts = Decide(book.For(practiceId, TriggerModule.Appointment), appointment, patient, directory, now, request.Quietly);
            db.AddRange(Ledger.Reconcile(appointment, verdicts, own, now, request.ConsentKnown));
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

    /// <summary>Whoever changed the patient a moment ago has it here already: then nothing is read.</summary>
    private async Task<Patient> FindPatient(long id, CancellationToken cancellation)
    {
        var patient = (await db.FindAsync<Patient>([id], cancellation))!;
        if (patient.ContactPoints.Count == 0)
            await db.Entry(patient).Collection(row => row.ContactPoints).LoadAsync(cancellation);
        return patient;
    }

    /// <summary>Also those that an earlier event of the same transaction has just added.</summary>
    private async Task<List<PlannedMessage>> Rows(IReadOnlyList<Appointment> appointments, CancellationToken cancellation)
    {
        var ids = appointments.Select(appointment => appointment.Id).ToList();
        var ofAppointments = db.Set<PlannedMessage>().Where(row => row.Module == TriggerModule.Appointment);
        var kept = await (ids is [var id]
            ? ofAppointments.Where(row => row.SubjectId == id)
            : ofAppointments.Where(row => ids.Contains(row.SubjectId))).ToListAsync(cancellation);
        return [.. kept, .. db.ChangeTracker.Entries<PlannedMessage>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity)];
    }
}
