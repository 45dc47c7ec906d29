using Artera.Integration.Data;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound.Extracts;
using Artera.Integration.Operations.Audit;
using Artera.Integration.Web.Access;
using Mediator;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Api;

/// <summary>Recalls and referrals as a CSV extract of the EMR: each line adds or changes one; said twice it changes nothing twice.</summary>
internal static class ExtractsApi
{
    private const int LongestExtract = 256 * 1024 * 1024;

    public static void MapExtracts(this IEndpointRouteBuilder api)
    {
        var extracts = api.MapGroup("/feeds/{name}").WithTags("Feeds").WithMetadata(new RequestSizeLimitAttribute(LongestExtract));
        extracts.MapPut("/recalls", Recalls).Accepts<string>("text/csv").WithSummary("Recalls as CSV: id, patient, due, type, location, provider, status and others by header. Bad lines are reported and stop nothing.");
        extracts.MapPut("/referrals", Referrals).Accepts<string>("text/csv").WithSummary("Referrals as CSV: id, patient, type, location, provider, scheduling-status, authorization-status, expires, status and others by header.");
        extracts.MapGet("/extracts", Taken).WithSummary("Files that were taken from the feed's folders, the latest first: how many lines were applied, and which were bad and why.");
    }

    private static async Task<Results<Ok<Page<TakenExtract>>, ProblemHttpResult>> Taken(
        string name, [AsParameters] PageRequest page, FeedBook feeds, IntegrationDb db, CancellationToken cancellation)
    {
        if (feeds.Find(name) is not { } feed)
            return Problems.NotFound;
        var rows = db.Set<TakenExtract>().AsNoTracking().Where(row => row.Feed == feed.Name);
        if (page.After is { } after)
            rows = rows.Where(row => row.Id < after.Id);
        return TypedResults.Ok(await page.Of(rows.OrderByDescending(row => row.Id), row => new Cursor(row.Id), cancellation));
    }

    private static Task<Results<Ok<OrderReport>, ProblemHttpResult>> Recalls(string name, FeedBook feeds, OrderExtract extract, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Take(name, OrderKind.Recall, feeds, extract, sender, http, cancellation);

    private static Task<Results<Ok<OrderReport>, ProblemHttpResult>> Referrals(string name, FeedBook feeds, OrderExtract extract, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Take(name, OrderKind.Referral, feeds, extract, sender, http, cancellation);

    private static async Task<Results<Ok<OrderReport>, ProblemHttpResult>> Take(
        string name, OrderKind kind, FeedBook feeds, OrderExtract extract, ISender sender, HttpContext http, CancellationToken cancellation)
    {
        if (feeds.Find(name) is not { } feed)
            return Problems.NotFound;
        await sender.Send(new NoteChange(http.User.Who(), "extract", $"{kind.ToString().ToLowerInvariant()}s of {feed.Name}"), cancellation);
        var (report, problem) = await extract.Read(feed, kind, http.Request.Body, cancellation);
        return report is null ? Problems.Bad(problem!) : TypedResults.Ok(report);
    }
}
