using Artera.Integration.Appointments;
using Artera.Integration.Data;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Inbound;

/// <summary>What one patient is asked to come for, and the visits that are booked for it.</summary>
internal sealed record Orders(List<Recall> Recalls, List<Referral> Referrals)
{
    public static async Task<Dictionary<long, Orders>> Of(IntegrationDb db, IReadOnlyCollection<long> patientIds, CancellationToken cancellation)
    {
        var recalls = await db.Set<Recall>()
            .Where(row => patientIds.Contains(row.PatientId) && (row.Status == RecallStatus.Active || row.AppointmentId != null))
            .ToListAsync(cancellation);
        var referrals = await db.Set<Referral>()
            .Where(row => patientIds.Contains(row.PatientId) && (row.Status == ReferralStatus.Active || row.AppointmentId != null))
            .ToListAsync(cancellation);
        return patientIds.ToDictionary(
            id => id,
            id => new Orders(recalls.FindAll(row => row.PatientId == id), referrals.FindAll(row => row.PatientId == id)));
    }
}

/// <summary>The orders of many patients, read at once.</summary>
internal sealed class ReadOrdersAhead(IntegrationDb db) : INotificationHandler<AppointmentsAtHand>
{
    public async ValueTask Handle(AppointmentsAtHand notification, CancellationToken cancellationToken)
    {
        if (notification.PatientIds.Count == 0)
            return;
        var atHand = db.AtHand<long, Orders>();
        atHand.Expect(notification.PatientIds);
        var (recalls, referrals) = (db.AtHand<long, Recall>(), db.AtHand<long, Referral>());
        recalls.Expect(notification.PatientIds);
        referrals.Expect(notification.PatientIds);
        foreach (var (patient, orders) in await Orders.Of(db, notification.PatientIds, cancellationToken))
        {
            atHand.Put(patient, orders);
            orders.Recalls.ForEach(recall => recalls.Put(patient, recall));
            orders.Referrals.ForEach(referral => referrals.Put(patient, referral));
        }
    }
}
