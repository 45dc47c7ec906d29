using Artera.Integration.Data;
using Artera.Integration.Referrals;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Api;

internal static class ReferralsApi
{
    public static void MapReferrals(this IEndpointRouteBuilder api)
    {
        var referrals = api.MapGroup("/referrals").WithTags("Referrals").AddEndpointFilter(new AuditReads("referrals"));
        referrals.MapGet("/", List).WithSummary("Referrals by patient, practice, identifier of the EMR or status.");
        referrals.MapGet("/{id:long}", Get).WithSummary("One referral with its scheduling and authorization.");
    }

    private static async Task<Ok<Page<ReferralRow>>> List(
        [AsParameters] ReferralFilter filter, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var referrals = filter.Of(db.Set<Referral>().AsNoTracking());
        if (page.After is { } after)
            referrals = referrals.Where(row => row.Id > after.Id);
        var rows = await referrals.OrderBy(row => row.Id).Take(page.Take + 1).ReadRows(db, cancellation);
        return TypedResults.Ok(page.Of(rows, row => new Cursor(row.Id)));
    }

    private static async Task<Results<Ok<ReferralRow>, ProblemHttpResult>> Get(long id, IntegrationDb db, CancellationToken cancellation) =>
        (await db.Set<Referral>().Where(row => row.Id == id).ReadRows(db, cancellation)).SingleOrDefault().OrNotFound();
}

internal sealed record ReferralFilter(long? PatientId, long? PracticeId, string? ExternalId, ReferralStatus? Status)
{
    public IQueryable<Referral> Of(IQueryable<Referral> rows)
    {
        if (PatientId is { } patient)
            rows = rows.Where(row => row.PatientId == patient);
        if (PracticeId is { } practice)
            rows = rows.Where(row => row.PracticeId == practice);
        if (ExternalId is { } external)
            rows = rows.Where(row => row.ExternalId == external);
        if (Status is { } status)
            rows = rows.Where(row => row.Status == status);
        return rows;
    }
}
