using Artera.Integration.Data;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.WriteBack;

/// <summary>
/// What became of a recall or a referral is queued for the EMR in the transaction that changes it. What the EMR itself says
/// of it publishes none of these events, and so is never told back.
/// </summary>
public sealed class QueueOrderStatus(IntegrationDb db, OrderStatusFeeds feeds, TimeProvider time) :
    INotificationHandler<RecallMet>,
    INotificationHandler<ReferralMet>,
    INotificationHandler<RecallContacted>,
    INotificationHandler<ReferralContacted>
{
    public ValueTask Handle(RecallMet notification, CancellationToken cancellationToken)
    {
        Queue(OrderKind.Recall, notification.Recall, Met(notification.Recall.AppointmentId), notification.Recall.AppointmentId);
        return ValueTask.CompletedTask;
    }

    public ValueTask Handle(ReferralMet notification, CancellationToken cancellationToken)
    {
        Queue(OrderKind.Referral, notification.Referral, Met(notification.Referral.AppointmentId), notification.Referral.AppointmentId);
        return ValueTask.CompletedTask;
    }

    public async ValueTask Handle(RecallContacted notification, CancellationToken cancellationToken)
    {
        if (feeds.All.Count > 0 && !await WasContacted(OrderKind.Recall, notification.RecallId, cancellationToken)
            && await db.FindAsync<Recall>([notification.RecallId], cancellationToken) is { } recall)
        {
            Queue(OrderKind.Recall, recall, OrderStatus.Contacted, null);
        }
    }

    public async ValueTask Handle(ReferralContacted notification, CancellationToken cancellationToken)
    {
        if (feeds.All.Count > 0 && !await WasContacted(OrderKind.Referral, notification.ReferralId, cancellationToken)
            && await db.FindAsync<Referral>([notification.ReferralId], cancellationToken) is { } referral)
        {
            Queue(OrderKind.Referral, referral, OrderStatus.Contacted, null);
        }
    }

    private static OrderStatus Met(long? appointmentId) => appointmentId is null ? OrderStatus.Reopened : OrderStatus.Scheduled;

    /// <summary>A node that says it meanwhile is not seen here: then the index turns ours away, and the command is done over and sees it.</summary>
    private Task<bool> WasContacted(OrderKind kind, long orderId, CancellationToken cancellation) => db.Set<PendingOrderStatus>()
        .AnyAsync(row => row.Kind == kind && row.OrderId == orderId && row.Once == OrderStatus.Contacted, cancellation);

    private void Queue(OrderKind kind, Recall recall, OrderStatus status, long? appointmentId) =>
        Queue(kind, recall.Id, recall.Feed, recall.Emr, status, appointmentId);

    private void Queue(OrderKind kind, Referral referral, OrderStatus status, long? appointmentId) =>
        Queue(kind, referral.Id, referral.Feed, referral.Emr, status, appointmentId);

    private void Queue(OrderKind kind, long orderId, string feed, string emr, OrderStatus status, long? appointmentId)
    {
        if (feeds.For(feed, emr) is not { } listener)
            return;
        var now = time.Now();
        db.Add(new PendingOrderStatus
        {
            Feed = listener.Name,
            Emr = emr,
            Kind = kind,
            OrderId = orderId,
            Status = status,
            Once = status == OrderStatus.Contacted ? status : null,
            AppointmentId = appointmentId,
            CreatedAt = now,
            DueAt = now,
        });
    }
}
