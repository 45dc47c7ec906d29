using System.Diagnostics.Metrics;

namespace Artera.Integration.Operations.Metrics;

/// <summary>What waits, and what waits for a person. Tags are feeds and states, never a value of a message.</summary>
internal sealed class BacklogMeter
{
    private volatile Backlog latest = Backlog.Empty;

    public BacklogMeter(IMeterFactory meters)
    {
        var meter = meters.Create("Artera.Integration");
        meter.CreateObservableGauge(
            "artera.inbound.unsettled",
            () => latest.Inbox.Select(row => new Measurement<int>(row.Count, new("feed", row.Feed), new("state", row.State.ToString()))),
            description: "Messages kept and not settled, by feed and state; of those that wait to be applied the first 10,000");
        meter.CreateObservableGauge(
            "artera.feed.trouble",
            () => latest.Troubles.GroupBy(row => (row.Feed, row.Kind)).Select(group => new Measurement<int>(group.Count(), new("feed", group.Key.Feed), new("kind", group.Key.Kind))),
            description: "Why less comes in from a FHIR feed than should: polls and subscriptions in trouble, gaps, and feeds quiet against their habit");
        meter.CreateObservableGauge("artera.outreach.planned", () => latest.Planned, description: "Messages planned for later, up to 100,000");
        meter.CreateObservableGauge("artera.outreach.overdue", () => latest.Overdue, description: "Planned messages whose time came more than a minute ago");
        meter.CreateObservableGauge("artera.delivery.queued", () => latest.Queued, description: "Messages that wait to be handed to a provider");
        meter.CreateObservableGauge("artera.channels.open", () => latest.OpenChannels, description: "Conversations that are open");
        meter.CreateObservableGauge("artera.channels.needs_action", () => latest.NeedsAction, description: "Conversations that wait for a person");
    }

    public void Now(Backlog backlog) => latest = backlog;
}
