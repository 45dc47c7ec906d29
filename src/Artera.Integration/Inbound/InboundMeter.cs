using System.Diagnostics.Metrics;

namespace Artera.Integration.Inbound;

/// <summary>What the intake counts. Tags are feeds and codes, never a value of a message.</summary>
internal sealed class InboundMeter
{
    private readonly Counter<long> received;
    private readonly Counter<long> acknowledged;
    private readonly Counter<long> duplicates;
    private readonly Histogram<int> batch;
    private readonly Histogram<double> age;

    public InboundMeter(IMeterFactory meters, Pressure pressure)
    {
        var meter = meters.Create("Artera.Integration");
        received = meter.CreateCounter<long>("artera.inbound.received", description: "Messages that arrived");
        acknowledged = meter.CreateCounter<long>("artera.inbound.acknowledged", description: "Acknowledgements by MSA-1");
        duplicates = meter.CreateCounter<long>("artera.inbound.duplicates", description: "Resends answered with the acknowledgement given before");
        batch = meter.CreateHistogram<int>("artera.inbound.commit.messages", description: "Messages kept in one commit");
        age = meter.CreateHistogram<double>("artera.inbound.wait", "s", "From arrival until a message is taken up");
        meter.CreateObservableGauge("artera.inbound.oldest", () => Oldest, "s", "Age of the oldest message that is not applied");
        meter.CreateObservableGauge("artera.inbound.pause", () => pressure.Pause.TotalSeconds, "s", "How long an MLLP port waits before it reads on, because too many messages wait to be applied");
    }

    /// <summary>Seconds, as the worker last saw it.</summary>
    public double Oldest { get; set; }

    public void Received(string feed, int count) => received.Add(count, new KeyValuePair<string, object?>("feed", feed));

    public void Acknowledged(string feed, string code) =>
        acknowledged.Add(1, new KeyValuePair<string, object?>("feed", feed), new KeyValuePair<string, object?>("code", code));

    public void Committed(int messages, int resends)
    {
        batch.Record(messages);
        if (resends > 0)
            duplicates.Add(resends);
    }

    public void TakenUp(double seconds) => age.Record(seconds);
}
