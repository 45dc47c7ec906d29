using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Outreach;

internal static class Subjects
{
    /// <summary>What a planned message is about.</summary>
    public static async ValueTask<Subject> FindSubject(this IntegrationDb db, PlannedMessage row, CancellationToken cancellation) => row.Module switch
    {
        TriggerModule.Appointment => new Visit((await db.FindAsync<Appointment>([row.SubjectId], cancellation))!),
        TriggerModule.Recall => Order.Of((await db.FindAsync<Recall>([row.SubjectId], cancellation))!),
        TriggerModule.Campaign => new Mailing(await db.Set<Campaign>().SingleAsync(campaign => campaign.TriggerId == row.TriggerId, cancellation), row.SubjectId, row.PatientId),
        _ => Order.Of((await db.FindAsync<Referral>([row.SubjectId], cancellation))!),
    };

    /// <summary>All that a patient may still be told about: visits to come, recalls and referrals that the EMR has not ended.</summary>
    public static async ValueTask<List<Subject>> FindOpenSubjects(this IntegrationDb db, long patientId, Instant now, CancellationToken cancellation)
    {
        var visits = await db.FindAhead(patientId, now, cancellation);
        if (db.IsNew(await db.FindPatient(patientId, cancellation)))
            return [.. visits.Select(visit => new Visit(visit))];
        var recalls = db.AtHand<long, Recall>().Find(patientId)?.FindAll(row => row.Status == RecallStatus.Active)
            ?? await db.Set<Recall>().Where(row => row.PatientId == patientId && row.Status == RecallStatus.Active).ToListAsync(cancellation);
        var referrals = db.AtHand<long, Referral>().Find(patientId)?.FindAll(row => row.Status == ReferralStatus.Active)
            ?? await db.Set<Referral>().Where(row => row.PatientId == patientId && row.Status == ReferralStatus.Active).ToListAsync(cancellation);
        return [.. visits.Select(visit => new Visit(visit)), .. recalls.Select(Order.Of), .. referrals.Select(Order.Of)];
    }
}
