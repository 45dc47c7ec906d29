using System.ComponentModel;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Mediator;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Api;

internal static class FeedsApi
{
    public static void MapFeeds(this IEndpointRouteBuilder api)
    {
        var feeds = api.MapGroup("/feeds").WithTags("Feeds");
        feeds.MapGet("/", List).WithSummary("The feeds, and how many messages of each wait or need somebody.");
        feeds.MapGet("/messages", AllMessages).WithSummary("The messages of all feeds, the latest first, without what they say.");
        feeds.MapGet("/{name}/messages", Messages).WithSummary("A feed's messages, the latest first, without what they say.");
        feeds.MapGet("/{name}/messages/{id:long}", Get).AddEndpointFilter(new AuditReads("feed message"))
            .WithSummary("One message: raw text, fate, cause, and the acknowledgement that the sender got.");
    }

    private static async Task<Ok<Page<FeedRow>>> List(
        FeedBook feeds, IntegrationDb db, ApplicationAckTrouble acks, CancellationToken cancellation) =>
        TypedResults.Ok(new Page<FeedRow>(await FeedRow.All(feeds, db, acks, cancellation), null));

    private static Task<Ok<Page<FeedMessageRow>>> Messages(
        string name, [AsParameters] FeedMessageFilter filter, [AsParameters] PageRequest page, IntegrationDb db, ISender sender, CancellationToken cancellation) =>
        Find(filter.Of(name), page, db, sender, cancellation);

    private static Task<Ok<Page<FeedMessageRow>>> AllMessages(
        [AsParameters] FeedMessageFilter filter, [AsParameters] PageRequest page, IntegrationDb db, ISender sender, CancellationToken cancellation) =>
        Find(filter.Of(null), page, db, sender, cancellation);

    private static async Task<Ok<Page<FeedMessageRow>>> Find(
        InboxFilter filter, PageRequest page, IntegrationDb db, ISender sender, CancellationToken cancellation)
    {
        var ids = await sender.Send(new FindMessages(filter, page.After?.Id, page.Take + 1), cancellation);
        return TypedResults.Ok(page.Of(await db.Set<InboxMessage>().RowsOf(ids, cancellation), row => new Cursor(row.Id)));
    }

    private static async Task<Results<Ok<FeedMessageDetail>, ProblemHttpResult>> Get(
        string name, long id, FeedBook feeds, IntegrationDb db, CancellationToken cancellation) =>
        (await FeedMessageDetail.Read(feeds, db, name, id, cancellation)).OrNotFound();
}

internal sealed record FeedMessageFilter(
    InboxState? State,
    [property: Description("The stable word, such as unknown-code.")] string? Cause,
    [property: Description("MSH-9.1, such as SIU.")] string? Type,
    [property: Description("MSH-9, such as SIU^S12.")] string? Event,
    [property: Description("MSH-10.")] string? ControlId,
    [property: Description("The patient's identifier in the EMR.")] string? PatientId,
    [property: Description("The appointment's identifier in the EMR.")] string? AppointmentId,
    [property: Description("Received then or later.")] DateTimeOffset? From,
    [property: Description("Received before.")] DateTimeOffset? To)
{
    public InboxFilter Of(string? feed) => new()
    {
        Feed = feed,
        State = State,
        Cause = Said(Cause),
        Type = Said(Type),
        Event = Said(Event),
        ControlId = Said(ControlId),
        PatientId = Said(PatientId),
        AppointmentId = Said(AppointmentId),
        From = From is { } from ? Instant.FromDateTimeOffset(from) : null,
        To = To is { } to ? Instant.FromDateTimeOffset(to) : null,
    };

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
