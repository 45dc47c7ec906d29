using System.Diagnostics.Metrics;

namespace Artera.Integration.Delivery;

/// <summary>The meter <c>Artera.Integration.Delivery</c>.</summary>
internal sealed class DeliveryMetrics
{
    private readonly Counter<long> outcomes;
    private long unsettled;

    public DeliveryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Artera.Integration.Delivery");
        outcomes = meter.CreateCounter<long>("artera.delivery.outcomes", "{outcome}", "What came of handing messages to providers, and of looking for them");
        meter.CreateObservableGauge("artera.delivery.unsettled", () => Interlocked.Read(ref unsettled), "{message}", "Messages handed over of which nobody knows yet whether the provider has them");
    }

    public void Came(Medium medium, SendOutcome outcome, bool lookedUp) => outcomes.Add(
        1,
        new("medium", medium.ToString()),
        new("outcome", outcome.GetType().Name),
        new("step", lookedUp ? "look" : "send"));

    public void Unsettled(long count) => Interlocked.Exchange(ref unsettled, count);
}
