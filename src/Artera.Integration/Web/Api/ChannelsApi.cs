using Artera.Integration.Channels;
using Artera.Integration.Data;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Web.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Api;

internal static class ChannelsApi
{
    public static void MapChannels(this IEndpointRouteBuilder api)
    {
        var channels = api.MapGroup("/channels").WithTags("Channels");
        channels.MapGet("/", List).AddEndpointFilter(new AuditReads("channels")).WithSummary("Conversations, the latest first.");
        channels.MapGet("/{id:long}", Get).AddEndpointFilter(new AuditReads("channels")).WithSummary("One conversation's state.");
        channels.MapGet("/{id:long}/messages", Messages).AddEndpointFilter(new AuditReads("channels"))
            .WithSummary("What was said and what happened, in order, with the delivery state of what went out.");
        channels.MapPost("/{id:long}/close", Close).AddEndpointFilter<OnceOnly>().WithSummary("Close a conversation.");
    }

    private static async Task<Ok<Page<ChannelRow>>> List(
        [AsParameters] ChannelFilter filter, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var channels = filter.Of(db.Set<PatientChannel>().AsNoTracking());
        if (page.After is { } after)
            channels = channels.Where(row => row.LastLineAt < after.At || (row.LastLineAt == after.At && row.Id < after.Id));
        var rows = channels.OrderByDescending(row => row.LastLineAt).ThenByDescending(row => row.Id).AsRows(db);
        return TypedResults.Ok(await page.Of(rows, row => new Cursor(row.Id, row.LastLineAt), cancellation));
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
        long id, IntegrationDb db, AuditLog audit, HttpContext http, CancellationToken cancellation)
    {
        if (await db.Set<PatientChannel>().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } channel)
            return Problems.NotFound;
        channel.IsOpen = false;
        channel.NeedsAction = false;
        audit.Note(http.User.Who(), "closed", channel.PatientId, $"channel:{id}");
        await db.SaveChangesAsync(cancellation);
        return await Get(id, db, cancellation);
    }
}

internal sealed record ChannelFilter(long? PatientId, long? LineId, long? PracticeId, bool? Open, bool? NeedsAction)
{
    public IQueryable<PatientChannel> Of(IQueryable<PatientChannel> rows)
    {
        if (PatientId is { } patient)
            rows = rows.Where(row => row.PatientId == patient);
        if (LineId is { } line)
            rows = rows.Where(row => row.LineId == line);
        if (PracticeId is { } practice)
            rows = rows.Where(row => row.PracticeId == practice);
        if (Open is { } open)
            rows = rows.Where(row => row.IsOpen == open);
        if (NeedsAction is { } needs)
            rows = rows.Where(row => row.NeedsAction == needs);
        return rows;
    }
}
