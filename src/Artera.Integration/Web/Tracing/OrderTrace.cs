using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Outreach;
using Artera.Integration.Recalls;
using Artera.Integration.Referrals;
using Artera.Integration.Web.Api;
using Artera.Integration.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Tracing;

/// <summary>
/// Everything that happened to a recall or a referral, the oldest first: what the EMR said, what was decided and sent, what
/// arrived, what the patient wrote, and the visit that was booked for it.
/// </summary>
public sealed record OrderTrace(OrderRow Order, IReadOnlyList<TraceStep> Steps) : IAboutPatient
{
    long? IAboutPatient.PatientId => Order.PatientId;
}

/// <summary>Reads the way of recalls and referrals; each question goes by an index, however much there is.</summary>
internal sealed class OrderTraces(IntegrationDb db, FeedBook feeds, Snapshot<EnterpriseDirectory> enterprise, Horizon horizon)
{
    // A message speaks of one order, an extract's of a few.
    private const int Most = 20;

    public Task<OrderTrace?> Of(PlannedMessage plan, CancellationToken cancellation) => plan.Module switch
    {
        TriggerModule.Recall => OfRecall(plan.SubjectId, cancellation),
        TriggerModule.Referral => OfReferral(plan.SubjectId, cancellation),
        _ => Task.FromResult<OrderTrace?>(null),
    };

    public async Task<OrderTrace?> OfRecall(long id, CancellationToken cancellation) =>
        (await Recalls(db.Set<Recall>().Where(row => row.Id == id), cancellation)).FirstOrDefault();

    public async Task<OrderTrace?> OfReferral(long id, CancellationToken cancellation) =>
        (await Referrals(db.Set<Referral>().Where(row => row.Id == id), cancellation)).FirstOrDefault();

    public async Task<List<OrderTrace>> Of(
        string emr, IReadOnlyCollection<string> recalls, IReadOnlyCollection<string> referrals, CancellationToken cancellation) =>
    [
        .. recalls.Count == 0 ? [] : await Recalls(db.Set<Recall>().Where(row => row.Emr == emr && recalls.Contains(row.ExternalId)), cancellation),
        .. referrals.Count == 0 ? [] : await Referrals(db.Set<Referral>().Where(row => row.Emr == emr && referrals.Contains(row.ExternalId)), cancellation),
    ];

    private async Task<List<OrderTrace>> Recalls(IQueryable<Recall> recalls, CancellationToken cancellation)
    {
        var traces = new List<OrderTrace>();
        foreach (var recall in await recalls.OrderBy(row => row.Id).Take(Most).ReadRows(db, cancellation))
            traces.Add(await Trace(TriggerModule.Recall, recall, SubjectKey.OfRecall(recall.ExternalId), cancellation));
        return traces;
    }

    private async Task<List<OrderTrace>> Referrals(IQueryable<Referral> referrals, CancellationToken cancellation)
    {
        var traces = new List<OrderTrace>();
        foreach (var referral in await referrals.OrderBy(row => row.Id).Take(Most).ReadRows(db, cancellation))
            traces.Add(await Trace(TriggerModule.Referral, referral, SubjectKey.OfReferral(referral.ExternalId), cancellation));
        return traces;
    }

    private async Task<OrderTrace> Trace(TriggerModule module, OrderRow order, string key, CancellationToken cancellation)
    {
        List<TraceStep> steps =
        [
            .. horizon.Since(order.CreatedAt),
            .. await EmrSteps.Messages(db, feeds, order.Emr, order.Feed, key, cancellation),
            .. await TextSteps.Decided(db, module, order.Id, cancellation),
            .. await TextSteps.WrittenAfter(db, await enterprise.Get(cancellation), module, order.Id, cancellation),
            .. await EmrSteps.Booked(db, order, cancellation),
            .. await OrderStatusSteps.Told(db, module == TriggerModule.Recall ? OrderKind.Recall : OrderKind.Referral, order.Id, cancellation),
        ];
        return new OrderTrace(order, steps.InOrder());
    }
}
