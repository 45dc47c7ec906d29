using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Artera.Integration.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace Artera.Integration.Tests.Delivery;

public sealed class When_sends_are_counted
{
    [Fact]
    public async Task Each_outcome_and_what_is_unsettled_can_be_read()
    {
        await using var world = await TwilioWorld.Open();
        using var meters = new Counts(world);
        world.Twilio.NextSays(400, 21211);
        await world.Becomes(await world.Queue(), OutboundState.Failed);
        await world.Becomes(await world.Queue(), OutboundState.Sent);
        var open = await world.LeftOpen(MediumWorld.Text(), _ => Task.CompletedTask);

        await world.Becomes(open, _ => meters.Unsettled == 1, timePasses: false);
        await world.Becomes(open, OutboundState.Sent);
        await world.Becomes(open, _ => meters.Unsettled == 0, timePasses: false);

        meters.Outcomes.ShouldBe(
            ["Sms send Refused", "Sms send Accepted", "Sms look NotThere", "Sms look NotThere", "Sms send Accepted"]);
    }

    /// <summary>Listens to one server's meter; other tests' servers have meters of the same name.</summary>
    private sealed class Counts : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly ConcurrentQueue<string> outcomes = new();
        private long unsettled = -1;

        public Counts(TwilioWorld world)
        {
            var scope = world.Server.Services.GetRequiredService<IMeterFactory>();
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Artera.Integration.Delivery" && ReferenceEquals(instrument.Meter.Scope, scope))
                    self.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            {
                if (instrument.IsObservable)
                {
                    unsettled = value;
                    return;
                }

                var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
                outcomes.Enqueue($"{named["medium"]} {named["step"]} {named["outcome"]}");
            });
            listener.Start();
        }

        public IEnumerable<string> Outcomes => outcomes;

        public long Unsettled
        {
            get
            {
                listener.RecordObservableInstruments();
                return unsettled;
            }
        }

        public void Dispose() => listener.Dispose();
    }
}
