using Artera.Integration.Data;
using Artera.Integration.Patients;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Outreach;

/// <summary>Plans follow the recall or referral, in the transaction that changes it.</summary>
internal sealed class FollowOrders(IntegrationDb db, OrderPlans plans) :
    INotificationHandler<RecallCreated>,
    INotificationHandler<RecallUpdated>,
    INotificationHandler<RecallEnded>,
    INotificationHandler<ReferralCreated>,
    INotificationHandler<ReferralUpdated>,
    INotificationHandler<ReferralEnded>,
    INotificationHandler<PatientChanged>
{
    public async ValueTask Handle(RecallCreated notification, CancellationToken cancellationToken) =>
        await plans.Plan(Order.Of(notification.Recall), cancellationToken);

    public async ValueTask Handle(RecallUpdated notification, CancellationToken cancellationToken) =>
        await plans.Plan(Order.Of(notification.Recall), cancellationToken);

    public async ValueTask Handle(RecallEnded notification, CancellationToken cancellationToken) =>
        await plans.Plan(Order.Of(notification.Recall), cancellationToken);

    public async ValueTask Handle(ReferralCreated notification, CancellationToken cancellationToken) =>
        await plans.Plan(Order.Of(notification.Referral), cancellationToken);

    public async ValueTask Handle(ReferralUpdated notification, CancellationToken cancellationToken) =>
        await plans.Plan(Order.Of(notification.Referral), cancellationToken);

    public async ValueTask Handle(ReferralEnded notification, CancellationToken cancellationToken) =>
        await plans.Plan(Order.Of(notification.Referral), cancellationToken);

    /// <summary>Another address or opt-out: what is still open is decided again.</summary>
    public async ValueTask Handle(PatientChanged notification, CancellationToken cancellationToken)
    {
        var recalls = db.AtHand<long, Recall>().Find(notification.PatientId)?.FindAll(row => row.Status == RecallStatus.Active)
            ?? await db.Set<Recall>().Where(row => row.PatientId == notification.PatientId && row.Status == RecallStatus.Active).ToListAsync(cancellationToken);
        var referrals = db.AtHand<long, Referral>().Find(notification.PatientId)?.FindAll(row => row.Status == ReferralStatus.Active)
            ?? await db.Set<Referral>().Where(row => row.PatientId == notification.PatientId && row.Status == ReferralStatus.Active).ToListAsync(cancellationToken);
        if (recalls.Count + referrals.Count == 0)
            return;
        await db.SaveChangesAsync(cancellationToken);
        foreach (var order in recalls.Select(Order.Of).Concat(referrals.Select(Order.Of)))
            await plans.Plan(order, cancellationToken);
    }
}
