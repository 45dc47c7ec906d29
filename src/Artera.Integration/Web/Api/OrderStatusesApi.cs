using Artera.Integration.Data;
using Artera.Integration.Web.Access;
using Artera.Integration.WriteBack;
using Mediator;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Api;

internal static class OrderStatusesApi
{
    public static void MapOrderStatuses(this IEndpointRouteBuilder api)
    {
        var statuses = api.MapGroup("/order-statuses").WithTags("Write-backs");
        statuses.MapGet("/", List).AddEndpointFilter(new AuditReads("order-statuses")).WithSummary("What the EMR is told of recalls and referrals, the latest first.");
        statuses.MapGet("/{id:long}", Get).AddEndpointFilter(new AuditReads("order-statuses")).WithSummary("One status of a recall or a referral, for the EMR.");
        statuses.MapPost("/{id:long}/retry", Retry).AddEndpointFilter<OnceOnly>().WithSummary("Tell the EMR of a status that waits or is parked, now.");
        statuses.MapPost("/{id:long}/drop", Drop).AddEndpointFilter<OnceOnly>().WithSummary("The EMR need not hear this status, or a person has entered it there.");
    }

    private static async Task<Ok<Page<OrderStatusRow>>> List(
        WriteBackState? state, string? feed, OrderKind? kind, long? orderId, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = db.Set<PendingOrderStatus>().AsNoTracking();
        if (state is not null)
            rows = rows.Where(row => row.State == state);
        if (feed is not null)
            rows = rows.Where(row => row.Feed == feed);
        if (kind is not null)
            rows = rows.Where(row => row.Kind == kind);
        if (orderId is not null)
            rows = rows.Where(row => row.OrderId == orderId);
        if (page.After is { } after)
            rows = rows.Where(row => row.Id < after.Id);
        return TypedResults.Ok(await page.Of(rows.OrderByDescending(row => row.Id).AsRows(db), row => new Cursor(row.Id), cancellation));
    }

    private static async Task<Results<Ok<OrderStatusRow>, ProblemHttpResult>> Get(long id, IntegrationDb db, CancellationToken cancellation) =>
        (await db.Set<PendingOrderStatus>().AsNoTracking().Where(row => row.Id == id).AsRows(db).SingleOrDefaultAsync(cancellation)).OrNotFound();

    private static Task<Results<Ok<OrderStatusRow>, ProblemHttpResult>> Retry(
        long id, IntegrationDb db, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Decide(new DecideOrderStatus(id, DecideWriteBack.Choice.SendAgain, http.User.Who()), db, sender, cancellation);

    private static Task<Results<Ok<OrderStatusRow>, ProblemHttpResult>> Drop(
        long id, IntegrationDb db, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Decide(new DecideOrderStatus(id, DecideWriteBack.Choice.Drop, http.User.Who()), db, sender, cancellation);

    private static async Task<Results<Ok<OrderStatusRow>, ProblemHttpResult>> Decide(
        DecideOrderStatus command, IntegrationDb db, ISender sender, CancellationToken cancellation)
    {
        switch (await sender.Send(command, cancellation))
        {
            case DecideWriteBack.Outcome.NoSuchAnswer:
                return Problems.NotFound;
            case DecideWriteBack.Outcome.Refused:
                return Problems.Conflict("The status is settled, or no feed of its EMR listens.");
            default:
                await db.SaveChangesAsync(cancellation);
                return await Get(command.OrderStatusId, db, cancellation);
        }
    }
}
