using Artera.Integration.Inbound;
using Artera.Integration.Web.Api;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Components;

public sealed partial class FeedMessages : Live
{
    private IReadOnlyList<FeedMessageRow> messages = [];
    private InboxState? state;
    private string? cause;
    private string? type;
    private string? controlId;
    private string? patient;
    private string? appointment;
    private long? after;
    private long? next;
    private long? chosen;

    [Parameter]
    [EditorRequired]
    public required string Feed { get; set; }

    [Parameter]
    [EditorRequired]
    public required DateTimeZone Zone { get; set; }

    [Inject]
    private Desk Desk { get; set; } = null!;

    protected override async Task Look(CancellationToken cancellation)
    {
        var filter = new FeedMessageFilter(state, Trim(cause), Trim(controlId), Trim(type), Trim(patient), Trim(appointment));
        var page = await Desk.Read(db =>
        {
            var rows = filter.Of(db.Set<InboxMessage>().AsNoTracking().Where(row => row.Feed == Feed));
            if (after is not null)
                rows = rows.Where(row => row.Id < after);
            return new PageRequest(null, null).Of(rows.OrderByDescending(row => row.Id).AsRows(), row => new Cursor(row.Id), cancellation);
        });
        messages = page.Items;
        next = page.Next is null ? null : messages[^1].Id;
    }

    private static string? Trim(string? text) => text?.Trim();

    private void Show(long id) => chosen = id;

    private Task Choose(InboxState? choice)
    {
        state = choice;
        return Again();
    }

    private Task Again()
    {
        after = null;
        return OnParametersSetAsync();
    }

    private Task First() => Again();

    private Task Older()
    {
        after = next;
        return OnParametersSetAsync();
    }
}
