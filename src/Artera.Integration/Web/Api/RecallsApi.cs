using Artera.Integration.Data;
using Artera.Integration.Recalls;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Api;

internal static class RecallsApi
{
    public static void MapRecalls(this IEndpointRouteBuilder api)
    {
        var recalls = api.MapGroup("/recalls").WithTags("Recalls").AddEndpointFilter(new AuditReads("recalls"));
        recalls.MapGet("/", List).WithSummary("Calls to come back, by patient, practice, identifier of the EMR, status or day they are due.");
        recalls.MapGet("/{id:long}", Get).WithSummary("One recall with the visit that was booked for it, if any.");
    }

    private static async Task<Ok<Page<RecallRow>>> List(
        [AsParameters] RecallFilter filter, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var recalls = filter.Of(db.Set<Recall>().AsNoTracking());
        if (page.After is { } after)
            recalls = recalls.Where(row => row.Id > after.Id);
        var rows = await recalls.OrderBy(row => row.Id).Take(page.Take + 1).ReadRows(db, cancellation);
        return TypedResults.Ok(page.Of(rows, row => new Cursor(row.Id)));
    }

    private static async Task<Results<Ok<RecallRow>, ProblemHttpResult>> Get(long id, IntegrationDb db, CancellationToken cancellation) =>
        (await db.Set<Recall>().Where(row => row.Id == id).ReadRows(db, cancellation)).SingleOrDefault().OrNotFound();
}

internal sealed record RecallFilter(long? PatientId, long? PracticeId, string? ExternalId, RecallStatus? Status, DateOnly? DueFrom, DateOnly? DueTo)
{
    public IQueryable<Recall> Of(IQueryable<Recall> rows)
    {
        if (PatientId is { } patient)
            rows = rows.Where(row => row.PatientId == patient);
        if (PracticeId is { } practice)
            rows = rows.Where(row => row.PracticeId == practice);
        if (ExternalId is { } external)
            rows = rows.Where(row => row.ExternalId == external);
        if (Status is { } status)
            rows = rows.Where(row => row.Status == status);
        if (DueFrom is { } from)
            rows = rows.Where(row => row.DueOn >= LocalDate.FromDateOnly(from));
        if (DueTo is { } to)
            rows = rows.Where(row => row.DueOn < LocalDate.FromDateOnly(to));
        return rows;
    }
}
