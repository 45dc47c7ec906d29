using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Web.Api;
using Artera.Integration.Web.Components;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Artera.Integration.Web.Pages;

public sealed partial class FeedsPage : Live
{
    private IReadOnlyList<FeedRow> feeds = [];

    [Parameter]
    public string? Name { get; set; }

    [Inject]
    private Desk Desk { get; set; } = null!;

    [Inject]
    private FeedBook Book { get; set; } = null!;

    [Inject]
    private ApplicationAckTrouble Acks { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private DateTimeZone Zone => Name is { } name && Book.Find(name) is { } feed ? feed.Zone : DateTimeZone.Utc;

    protected override void OnInitialized()
    {
        if (Name is null && Book.All is [var only])
            Navigation.NavigateTo($"/feeds/{Uri.EscapeDataString(only.Name)}", replace: true);
    }

    protected override async Task Look(CancellationToken cancellation) =>
        feeds = await Desk.Read(db => FeedRow.All(Book, db, Acks, cancellation));
}
