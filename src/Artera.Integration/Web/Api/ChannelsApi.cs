using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Web.Access;
using Mediator;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Api;

internal static class ChannelsApi
{
    public static void MapChannels(this IEndpointRouteBuilder api)
    {
        var channels = api.MapGroup("/channels").WithTags("Channels");
        channels.MapGet("/", List).AddEndpointFilter(new AuditReads("channels")).WithSummary("Conversations: open ones first, then the latest.");
        channels.MapGet("/{id:long}", Get).AddEndpointFilter(new AuditReads("channels")).WithSummary("One conversation's state.");
        channels.MapGet("/{id:long}/messages", Messages).AddEndpointFilter(new AuditReads("channels"))
            .WithSummary("What was said and what happened, in order, with the delivery state of what went out.");
        channels.MapPost("/{id:long}/close", Close).AddEndpointFilter<OnceOnly>().WithSummary("Close a conversation.");
    }

    private static async Task<Results<Ok<Page<ChannelRow>>, ProblemHttpResult>> List(
        [AsParameters] ChannelFilter filter, string? after, int? limit, ISender sender, CancellationToken cancellation)
    {
        ChannelCursor cursor = default;
        if (after is not null && !ChannelCursor.TryParse(after, out cursor))
            return Problems.Bad("after is not the next of a page before");
        var page = await sender.Send(filter.Query(after is null ? null : cursor, new PageRequest(null, limit).Take), cancellation);
        return TypedResults.Ok(new Page<ChannelRow>([.. page.Channels.Select(ChannelRow.Of)], page.Next?.ToString()));
    }

    private static async Task<Results<Ok<ChannelRow>, ProblemHttpResult>> Get(long id, IntegrationDb db, CancellationToken cancellation) =>
        (await db.Set<PatientChannel>().AsNoTracking().Where(row => row.Id == id).AsRows(db).SingleOrDefaultAsync(cancellation)).OrNotFound();

    private static async Task<Results<Ok<Page<ChannelMessage>>, ProblemHttpResult>> Messages(
        long id, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        if (!await db.Set<PatientChannel>().AnyAsync(row => row.Id == id, cancellation))
            return Problems.NotFound;
        var lines = db.Set<ChannelLine>().AsNoTracking().Where(line => line.ChannelId == id);
        if (page.After is { } after)
            lines = lines.Where(line => line.At > after.At || (line.At == after.At && line.Id > after.Id));
        return TypedResults.Ok(await page.Of(lines.OrderBy(line => line.At).ThenBy(line => line.Id).AsMessages(db), line => new Cursor(line.Id, line.At), cancellation));
    }

    private static async Task<Results<Ok<ChannelRow>, ProblemHttpResult>> Close(
        long id, ISender sender, IntegrationDb db, HttpContext http, CancellationToken cancellation)
    {
        if (!await sender.Send(new CloseConversation(id, http.User.Who()), cancellation))
            return Problems.NotFound;
        await db.SaveChangesAsync(cancellation);
        return await Get(id, db, cancellation);
    }
}

internal sealed record ChannelFilter(long? PatientId, long? LineId, long? PracticeId, bool? Open, bool? NeedsAction, bool? Unverified)
{
    public ChannelList Query(ChannelCursor? after, int take) => new()
    {
        PatientId = PatientId,
        LineId = LineId,
        PracticeId = PracticeId,
        Open = Open,
        NeedsAction = NeedsAction,
        Unverified = Unverified,
        After = after,
        Take = take,
    };
}
