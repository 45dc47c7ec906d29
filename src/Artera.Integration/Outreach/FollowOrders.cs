using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Mediator;

namespace Artera.Integration.Outreach;

/// <summary>Plans follow the recall or referral, in the transaction that changes it.</summary>
internal sealed class FollowOrders(ISender sender) :
    INotificationHandler<RecallCreated>,
    INotificationHandler<RecallUpdated>,
    INotificationHandler<RecallEnded>,
    INotificationHandler<ReferralCreated>,
    INotificationHandler<ReferralUpdated>,
    INotificationHandler<ReferralEnded>
{
    public ValueTask Handle(RecallCreated notification, CancellationToken cancellationToken) => Plan(Order.Of(notification.Recall), cancellationToken);

    public ValueTask Handle(RecallUpdated notification, CancellationToken cancellationToken) => Plan(Order.Of(notification.Recall), cancellationToken);

    public ValueTask Handle(RecallEnded notification, CancellationToken cancellationToken) => Plan(Order.Of(notification.Recall), cancellationToken);

    public ValueTask Handle(ReferralCreated notification, CancellationToken cancellationToken) => Plan(Order.Of(notification.Referral), cancellationToken);

    public ValueTask Handle(ReferralUpdated notification, CancellationToken cancellationToken) => Plan(Order.Of(notification.Referral), cancellationToken);

    public ValueTask Handle(ReferralEnded notification, CancellationToken cancellationToken) => Plan(Order.Of(notification.Referral), cancellationToken);

    private async ValueTask Plan(Order order, CancellationToken cancellation) => await sender.Send(new PlanMessages([order]), cancellation);
}
