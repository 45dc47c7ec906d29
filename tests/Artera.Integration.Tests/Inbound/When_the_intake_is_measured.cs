using System.Diagnostics.Metrics;
using Artera.Integration.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using static Artera.Integration.Tests.Harness.Samples;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_the_intake_is_measured
{
    [Fact]
    public async Task Arrivals_answers_and_resends_are_counted_by_feed_and_code()
    {
        await using var server = await TestServer.Start(settings: [new("Inbound:Apply", "false")]);
        var counted = new Counted(server.Services.GetRequiredService<IMeterFactory>());
        await using var emr = await MllpPeer.Connect(server.MllpPort);
        await emr.Ask(Siu("1"));
        await emr.Ask(Siu("1"));
        await emr.Ask(Siu("2", processing: "T"));

        counted["artera.inbound.received main"].ShouldBe(3);
        counted["artera.inbound.acknowledged main AA"].ShouldBe(2);
        counted["artera.inbound.acknowledged main AR"].ShouldBe(1);
        counted["artera.inbound.duplicates"].ShouldBe(1);
    }

    private sealed class Counted
    {
        private readonly Dictionary<string, long> sums = new(StringComparer.Ordinal);

        public Counted(IMeterFactory meters)
        {
            var listener = new MeterListener
            {
                InstrumentPublished = (instrument, listener) =>
                {
                    if (instrument.Meter.Scope == meters)
                        listener.EnableMeasurementEvents(instrument);
                },
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            {
                var name = string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Value}")]);
                lock (sums)
                    sums[name] = sums.GetValueOrDefault(name) + value;
            });
            listener.Start();
        }

        public long this[string name]
        {
            get
            {
                lock (sums)
                    return sums.GetValueOrDefault(name);
            }
        }
    }
}
