using System.Diagnostics.Metrics;
using NodaTime;

namespace Artera.Integration.WriteBack;

/// <summary>What operators watch: answers settled, how long they took to reach the EMR, and how many wait or are parked.</summary>
public sealed class WriteBackMetrics
{
    public const string MeterName = "Artera.Integration.WriteBack";

    private static readonly Duration GoodFor = Duration.FromSeconds(15);
    private readonly Counter<long> settled;
    private readonly Histogram<double> latency;
    private volatile IReadOnlyList<WriteBackQueue> queues = [];
    private Instant countedAt;

    public WriteBackMetrics(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create(MeterName);
        settled = meter.CreateCounter<long>("artera.writeback.settled", description: "Answers settled, by state and cause");
        latency = meter.CreateHistogram<double>("artera.writeback.latency", "s", "From the patient's answer to the EMR's acknowledgement");
        meter.CreateObservableGauge("artera.writeback.pending", () => Observe(queue => queue.Pending), description: "Answers that wait for the EMR");
        meter.CreateObservableGauge("artera.writeback.parked", () => Observe(queue => queue.Parked), description: "Answers that wait for a person");
        meter.CreateObservableGauge(
            "artera.writeback.oldest",
            () => Observe(queue => queue.OldestPending is { } oldest ? (time.GetUtcNow() - oldest.ToDateTimeOffset()).TotalSeconds : 0),
            "s",
            "Age of the oldest answer that waits for the EMR");
    }

    public void Settled(PendingWriteBack answer)
    {
        settled.Add(1, new("feed", answer.Feed), new("state", answer.State.ToString()), new("cause", answer.Cause ?? ""));
        if (answer is { State: WriteBackState.Done, Cause: null, SettledAt: { } at })
            latency.Record((at - answer.CreatedAt).TotalSeconds, new KeyValuePair<string, object?>("feed", answer.Feed));
    }

    /// <summary>True when the queues should be counted again.</summary>
    public bool AreOld(Instant now) => now - countedAt >= GoodFor;

    public void Counted(IReadOnlyList<WriteBackQueue> counted, Instant now) => (queues, countedAt) = (counted, now);

    private IEnumerable<Measurement<T>> Observe<T>(Func<WriteBackQueue, T> value)
        where T : struct =>
        queues.Select(queue => new Measurement<T>(value(queue), new KeyValuePair<string, object?>("feed", queue.Feed)));
}
