using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Patients;
using Microsoft.Extensions.Options;

namespace Artera.Integration.Outreach;

/// <summary>A planned message looked at again, with what it was decided on.</summary>
/// <param name="Trigger">Null when the practice no longer has it.</param>
internal sealed record Review(Subject Subject, Patient Patient, Trigger? Trigger, Moment Moment);

/// <summary>Looks at planned messages again, on the data of this moment.</summary>
internal sealed class Reviews(
    IntegrationDb db, Snapshot<TriggerBook> triggers, Snapshot<EnterpriseDirectory> enterprise, IOptions<OutreachOptions> options, TimeProvider time)
{
    public async ValueTask<Review> Of(PlannedMessage row, CancellationToken cancellation)
    {
        var subject = await db.FindSubject(row, cancellation);
        var patient = await db.FindPatient(row.PatientId, cancellation);
        if (subject.PracticeId is not { } practiceId)
            return new(subject, patient, null, new(null, Reasons.Unmapped));

        var trigger = (await triggers.Get(cancellation)).For(practiceId, row.Module).FirstOrDefault(holding => holding.Id == row.TriggerId);
        var directory = await enterprise.Get(cancellation);
        var calendar = new PracticeCalendar(directory.Practice(practiceId), directory.Holidays);
        return new(subject, patient, trigger, Moment.Of(row, trigger, subject, patient, calendar, options.Value, time.Now()));
    }
}
