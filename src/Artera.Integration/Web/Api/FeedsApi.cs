using System.ComponentModel;
using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Api;

internal static class FeedsApi
{
    public static void MapFeeds(this IEndpointRouteBuilder api)
    {
        var feeds = api.MapGroup("/feeds").WithTags("Feeds");
        feeds.MapGet("/", List).WithSummary("The feeds, and how many messages of each wait or need somebody.");
        feeds.MapGet("/{name}/messages", Messages).WithSummary("A feed's messages, the latest first, without what they say.");
        feeds.MapGet("/{name}/messages/{id:long}", Get).AddEndpointFilter(new AuditReads("feed message"))
            .WithSummary("One message: raw text, fate, cause, and the acknowledgement that the sender got.");
    }

    private static async Task<Ok<Page<FeedRow>>> List(
        FeedBook feeds, IntegrationDb db, ApplicationAckTrouble acks, CancellationToken cancellation) =>
        TypedResults.Ok(new Page<FeedRow>(await FeedRow.All(feeds, db, acks, cancellation), null));

    private static async Task<Ok<Page<FeedMessageRow>>> Messages(
        string name, [AsParameters] FeedMessageFilter filter, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var messages = filter.Of(db.Set<InboxMessage>().AsNoTracking().Where(row => row.Feed == name));
        if (page.After is { } after)
            messages = messages.Where(row => row.Id < after.Id);
        return TypedResults.Ok(await page.Of(messages.OrderByDescending(row => row.Id).AsRows(), row => new Cursor(row.Id), cancellation));
    }

    private static async Task<Results<Ok<FeedMessageDetail>, ProblemHttpResult>> Get(
        string name, long id, FeedBook feeds, IntegrationDb db, CancellationToken cancellation) =>
        (await FeedMessageDetail.Read(feeds, db, name, id, cancellation)).OrNotFound();
}

internal sealed record FeedMessageFilter(
    InboxState? State,
    [property: Description("The stable word, such as unknown-code.")] string? Cause,
    [property: Description("MSH-10.")] string? ControlId,
    [property: Description("MSH-9, such as SIU^S12.")] string? Event,
    [property: Description("The patient's identifier in the EMR.")] string? PatientId,
    [property: Description("The appointment's identifier in the EMR.")] string? AppointmentId)
{
    public IQueryable<InboxMessage> Of(IQueryable<InboxMessage> rows)
    {
        if (State is { } state)
            rows = rows.Where(row => row.State == state);
        if (!string.IsNullOrEmpty(Cause))
            rows = rows.Where(row => row.Cause == Cause);
        if (!string.IsNullOrEmpty(ControlId))
            rows = rows.WithControlId(ControlId);
        if (!string.IsNullOrEmpty(Event))
            rows = rows.Where(row => row.Event == Event);
        if (!string.IsNullOrEmpty(PatientId))
            rows = rows.AboutPatient(PatientId);
        if (!string.IsNullOrEmpty(AppointmentId))
            rows = rows.AboutAppointment(AppointmentId);
        return rows;
    }
}
