using Artera.Integration.Data;
using Artera.Integration.Delivery;
using Artera.Integration.Enterprise;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Outreach;

/// <summary>Decides again what a patient is told about visits, recalls and referrals, and keeps the decisions.</summary>
/// <param name="Subjects">Of one patient; what they were made of is saved or has its number.</param>
/// <param name="New">They were stored a moment ago, so that nothing can be planned yet.</param>
/// <param name="ConsentKnown">The patient may be written to again: what an opt-out blocked is planned again.</param>
/// <param name="Quietly">What happened is long past: only what is still ahead is planned.</param>
internal sealed record PlanMessages(IReadOnlyList<Subject> Subjects, bool New = false, bool ConsentKnown = false, bool Quietly = false) : IRequest;

internal sealed class PlanMessagesHandler(
    IntegrationDb db,
    Snapshot<TriggerBook> triggers,
    Snapshot<EnterpriseDirectory> enterprise,
    MediumBook media,
    IOptions<OutreachOptions> options,
    TimeProvider time) : IRequestHandler<PlanMessages>
{
    public async ValueTask<Unit> Handle(PlanMessages request, CancellationToken cancellationToken)
    {
        if (request.Subjects.Count == 0)
            return Unit.Value;

        var patient = await db.FindPatient(request.Subjects[0].PatientId, cancellationToken);
        var plans = await Plans(request, cancellationToken);
        var (book, directory) = (await triggers.Get(cancellationToken), await enterprise.Get(cancellationToken));
        var (now, quiet) = (time.Now(), options.Value.Quiet);
        foreach (var subject in request.Subjects)
        {
            var own = plans.Find((subject.Module, subject.Id))!;
            if (subject.PracticeId is not { } practiceId)
            {
                own.FindAll(row => row.State == PlanState.Planned).ForEach(row => row.Withdraw(Reasons.Unmapped, null, now));
                continue;
            }

            var calendar = new PracticeCalendar(directory.Practice(practiceId), directory.Holidays);
            List<(Trigger, Verdict?)> verdicts =
            [
                .. book.For(practiceId, subject.Module)
                    .Select(trigger => (trigger, Planner.Decide(trigger, subject, patient, calendar, quiet, media.Serves, now, request.Quietly))),
            ];
            var added = Ledger.Reconcile(subject, verdicts, own, now, request.ConsentKnown);
            own.AddRange(added);
            db.AddRange(added);
        }

        return Unit.Value;
    }

    /// <summary>Of each subject also those rows that an earlier event of the same transaction has added.</summary>
    private async Task<AtHand<(TriggerModule, long), PlannedMessage>> Plans(PlanMessages request, CancellationToken cancellation)
    {
        var plans = db.AtHand<(TriggerModule, long), PlannedMessage>();
        foreach (var unknown in request.Subjects.Where(subject => plans.Find((subject.Module, subject.Id)) is null).GroupBy(subject => subject.Module, subject => subject.Id))
        {
            if (request.New)
                plans.Expect(unknown.Select(id => (unknown.Key, id)));
            else
                await db.ReadPlansAhead(unknown.Key, [.. unknown], cancellation);
        }

        return plans;
    }
}
