using System.Diagnostics.Metrics;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>What operators watch: how many statuses of recalls and referrals wait for the EMR or for a person, since when, and how many were told.</summary>
public sealed class OrderStatusMetrics
{
    private static readonly Duration GoodFor = Duration.FromSeconds(15);
    private readonly Counter<long> told;
    private volatile IReadOnlyList<OrderStatusQueue> queues = [];
    private Instant countedAt;

    public OrderStatusMetrics(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create(WriteBackMetrics.MeterName);
        told = meter.CreateCounter<long>("artera.orderstatus.told", description: "Statuses of recalls and referrals that were put down for the EMR");
        meter.CreateObservableGauge("artera.orderstatus.pending", () => Observe(queue => queue.Pending), description: "Statuses of recalls and referrals that wait for the EMR");
        meter.CreateObservableGauge("artera.orderstatus.parked", () => Observe(queue => queue.Parked), description: "Statuses of recalls and referrals that wait for a person");
        meter.CreateObservableGauge(
            "artera.orderstatus.oldest",
            () => Observe(queue => queue.OldestPending is { } oldest ? (time.GetUtcNow() - oldest.ToDateTimeOffset()).TotalSeconds : 0),
            "s",
            "Age of the oldest status of a recall or a referral that waits for the EMR");
    }

    public void Told(string feed) => told.Add(1, new KeyValuePair<string, object?>("feed", feed));

    /// <summary>True when the queues should be counted again.</summary>
    public bool AreOld(Instant now) => now - countedAt >= GoodFor;

    public void Counted(IReadOnlyList<OrderStatusQueue> counted, Instant now) => (queues, countedAt) = (counted, now);

    private IEnumerable<Measurement<T>> Observe<T>(Func<OrderStatusQueue, T> value)
        where T : struct =>
        queues.Select(queue => new Measurement<T>(value(queue), new KeyValuePair<string, object?>("feed", queue.Feed)));
}
