using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Artera.Integration.Web.Components;

public sealed partial class ChannelsPane : Live
{
    private const int Most = 100;

    private EnterpriseDirectory? directory;
    private IReadOnlyList<ChannelSummary> channels = [];
    private Choice chosen = Choice.All;
    private Instant now;

    private enum Choice
    {
        All,
        Open,
        NeedsAction,
    }

    [Parameter]
    public long? Chosen { get; set; }

    [Inject]
    private Desk Desk { get; set; } = null!;

    [Inject]
    private Snapshot<EnterpriseDirectory> Enterprise { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    protected override async Task Look(CancellationToken cancellation)
    {
        var page = await Desk.Ask(
            new ChannelList
            {
                Open = chosen == Choice.Open ? true : null,
                NeedsAction = chosen == Choice.NeedsAction ? true : null,
                Take = Most,
            },
            cancellation);
        await Desk.Saw(page.Channels.Select(channel => channel.PatientId), "inbox", cancellation);
        directory = await Enterprise.Get(cancellation);
        channels = page.Channels;
        now = Clock.Now();
    }

    private Task Choose(Choice choice)
    {
        chosen = choice;
        return OnParametersSetAsync();
    }

    private DateTimeZone ZoneOf(ChannelSummary channel) => directory!.ZoneOf(channel.PracticeId);
}
