using Artera.Integration.Data;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.WriteBack;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web;

/// <summary>A person or a machine client says what becomes of a recall's or a referral's status that the EMR has not taken; the audit log says who.</summary>
public sealed record DecideOrderStatus(long OrderStatusId, DecideWriteBack.Choice Choose, string Who) : IRequest<DecideWriteBack.Outcome>;

internal sealed class DecideOrderStatusHandler(IntegrationDb db, OrderStatusFeeds feeds, AuditLog audit, TimeProvider time)
    : IRequestHandler<DecideOrderStatus, DecideWriteBack.Outcome>
{
    public async ValueTask<DecideWriteBack.Outcome> Handle(DecideOrderStatus request, CancellationToken cancellationToken)
    {
        var (id, choice, who) = request;
        if (await db.Set<PendingOrderStatus>().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } status)
            return DecideWriteBack.Outcome.NoSuchAnswer;
        if (!(choice == DecideWriteBack.Choice.Drop ? Drop(status) : SayAgain(status)))
            return DecideWriteBack.Outcome.Refused;

        audit.Note(who, choice == DecideWriteBack.Choice.Drop ? "dropped" : "sent again", await PatientOf(status, cancellationToken), $"order-status:{id}");
        return DecideWriteBack.Outcome.Done;
    }

    private bool Drop(PendingOrderStatus status)
    {
        if (status.State is not (WriteBackState.Pending or WriteBackState.Parked))
            return false;
        status.Settle(WriteBackState.Dropped, Causes.Dropped, time.Now());
        return true;
    }

    /// <summary>One that waits for a folder is tried at once, one that was parked when a feed of its EMR listens again.</summary>
    private bool SayAgain(PendingOrderStatus status)
    {
        if (status.State is not (WriteBackState.Pending or WriteBackState.Parked) || feeds.For(status.Feed, status.Emr) is not { } feed)
            return false;
        status.SayBy(feed.Name, Causes.Retried, time.Now());
        return true;
    }

    private Task<long> PatientOf(PendingOrderStatus status, CancellationToken cancellation) => status.Kind == OrderKind.Recall
        ? db.Set<Recall>().Where(order => order.Id == status.OrderId).Select(order => order.PatientId).SingleAsync(cancellation)
        : db.Set<Referral>().Where(order => order.Id == status.OrderId).Select(order => order.PatientId).SingleAsync(cancellation);
}
