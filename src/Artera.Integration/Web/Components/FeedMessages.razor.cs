using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Web.Api;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Artera.Integration.Web.Components;

public sealed partial class FeedMessages : Live
{
    private static readonly LocalDateTimePattern ByTheMinute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
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
    private string chosenFeed = "";
    private string? from;
    private string? to;

    /// <summary>Null: those of all feeds.</summary>
    [Parameter]
    public string? Feed { get; set; }

    [Parameter]
    [EditorRequired]
    public required DateTimeZone Zone { get; set; }

    [Inject]
    private FeedBook Book { get; set; } = null!;

    private bool IsFhir => Feed is { } name && Book.Find(name) is { Options.Fhir: not null };

    /// <summary>What a FHIR feed's rows are known by is no control id.</summary>
    private string NameOfId => IsFhir ? "Version or event" : "Control id";

    [Inject]
    private Desk Desk { get; set; } = null!;

    protected override async Task Look(CancellationToken cancellation)
    {
        var filter = new InboxFilter
        {
            Feed = Feed,
            State = state,
            Cause = Said(cause),
            Type = Said(type) is { } word && word.AsSpan().IndexOfAny('^', '/') < 0 ? word : null,
            Event = Said(type) is { } words && words.AsSpan().IndexOfAny('^', '/') >= 0 ? words : null,
            ControlId = Said(controlId),
            PatientId = Said(patient),
            AppointmentId = Said(appointment),
            From = Moment(from),
            To = Moment(to),
        };
        var wanted = new PageRequest(null, null);
        var ids = await Desk.Ask(new FindMessages(filter, after, wanted.Take + 1), cancellation);
        var page = wanted.Of(await Desk.Read(db => db.Set<InboxMessage>().RowsOf(ids, cancellation)), row => new Cursor(row.Id));
        messages = page.Items;
        next = page.Next is null ? null : messages[^1].Id;
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private void Show(FeedMessageRow message) => (chosen, chosenFeed) = (message.Id, message.Feed);

    private Instant? Moment(string? local) =>
        ByTheMinute.Parse(local ?? "") is { Success: true, Value: var time } ? time.InZoneLeniently(Zone).ToInstant() : null;

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
