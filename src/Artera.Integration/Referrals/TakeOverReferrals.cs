using Artera.Integration.Data;
using Artera.Integration.Patients;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Referrals;

/// <summary>After a merge the survivor has the referrals of both.</summary>
public sealed class TakeOverReferrals(IntegrationDb db) : INotificationHandler<PatientsJoined>
{
    public async ValueTask Handle(PatientsJoined notification, CancellationToken cancellationToken)
    {
        var referrals = await db.Set<Referral>().Where(referral => referral.PatientId == notification.LosingId).ToListAsync(cancellationToken);
        referrals.ForEach(referral => referral.PatientId = notification.SurvivorId);
    }
}
