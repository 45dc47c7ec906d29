using Artera.Integration.Data;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Campaigns;
using Artera.Integration.Web.Access;
using Mediator;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>One message to many patients: written down, given its patients, looked at, started.</summary>
internal static class CampaignsApi
{
    private const int LongestList = 16 * 1024 * 1024;

    public static void MapCampaigns(this IEndpointRouteBuilder api)
    {
        var campaigns = api.MapGroup("/campaigns").WithTags("Campaigns");
        campaigns.MapGet("/", List).WithSummary("Campaigns, the latest first.");
        campaigns.MapGet("/{id:long}", Get).WithSummary("One campaign, and what became of it so far.");
        campaigns.MapPost("/", Add).AddEndpointFilter<OnceOnly>().WithSummary("Write a campaign down. Nobody gets anything until it is started.");
        campaigns.MapPut("/{id:long}", Change).WithSummary("Change a campaign that was not started.");
        campaigns.MapPut("/{id:long}/patients", Upload).WithMetadata(new RequestSizeLimitAttribute(LongestList)).Accepts<string>("text/csv")
            .WithSummary("Its list of patients, as CSV: the EMR's identifiers, one a line, at most 30,000. A later list takes the place of an earlier one.");
        campaigns.MapGet("/{id:long}/preview", Preview).WithSummary("Who would get it, who would not and why, and how it reads in each language.");
        campaigns.MapPost("/{id:long}/start", Start).AddEndpointFilter<OnceOnly>().WithSummary("Start it, now or at a time.");
        campaigns.MapPost("/{id:long}/pause", Pause).AddEndpointFilter<OnceOnly>().WithSummary("Nobody gets anything until it is resumed.");
        campaigns.MapPost("/{id:long}/resume", Resume).AddEndpointFilter<OnceOnly>().WithSummary("Go on with it, at its rate.");
        campaigns.MapPost("/{id:long}/stop", Stop).AddEndpointFilter<OnceOnly>().WithSummary("Whoever was not written to will not be.");
    }

    private static async Task<Ok<Page<CampaignRow>>> List(long? practiceId, CampaignState? state, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = db.Set<Campaign>().AsNoTracking();
        if (practiceId is not null)
            rows = rows.Where(row => row.PracticeId == practiceId);
        if (state is not null)
            rows = rows.Where(row => row.State == state);
        if (page.After is { } after)
            rows = rows.Where(row => row.Id < after.Id);
        var read = await rows.OrderByDescending(row => row.Id).Take(page.Take + 1).ToListAsync(cancellation);
        return TypedResults.Ok(page.Of(read.Select(CampaignRow.Of), row => new Cursor(row.Id)));
    }

    private static async Task<Results<Ok<CampaignDetail>, ProblemHttpResult>> Get(long id, IntegrationDb db, ISender sender, CancellationToken cancellation)
    {
        var found = await (
            from campaign in db.Set<Campaign>().AsNoTracking()
            join trigger in db.Set<Trigger>() on campaign.TriggerId equals trigger.Id
            where campaign.Id == id
            select new { campaign, trigger.Texts }).SingleOrDefaultAsync(cancellation);
        return (found is null ? null : new CampaignDetail(
            CampaignRow.Of(found.campaign), found.Texts, found.campaign.Audience, found.campaign.Pace, (await sender.Send(new CampaignReport(id), cancellation))!)).OrNotFound();
    }

    private static async Task<Results<Ok<CampaignRow>, ProblemHttpResult>> Add(CampaignEntry entry, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Answer(await sender.Send(new SaveCampaign(null, entry, http.User.Who()), cancellation));

    private static async Task<Results<Ok<CampaignRow>, ProblemHttpResult>> Change(long id, CampaignEntry entry, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Answer(await sender.Send(new SaveCampaign(id, entry, http.User.Who()), cancellation));

    private static async Task<Results<Ok<CampaignRow>, ProblemHttpResult>> Upload(long id, CampaignList list, HttpContext http, CancellationToken cancellation) =>
        Answer(await list.Read(id, http.Request.Body, http.User.Who(), cancellation));

    private static async Task<Results<Ok<CampaignPreview.Answer>, ProblemHttpResult>> Preview(long id, ISender sender, CancellationToken cancellation) =>
        (await sender.Send(new CampaignPreview(id), cancellation)).OrNotFound();

    private static Task<Results<Ok<CampaignRow>, ProblemHttpResult>> Start(
        long id, [FromQuery] DateTimeOffset? at, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Decide(new(id, CampaignStep.Start, http.User.Who(), at is { } time ? Instant.FromDateTimeOffset(time) : null), sender, cancellation);

    private static Task<Results<Ok<CampaignRow>, ProblemHttpResult>> Pause(long id, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Decide(new(id, CampaignStep.Pause, http.User.Who()), sender, cancellation);

    private static Task<Results<Ok<CampaignRow>, ProblemHttpResult>> Resume(long id, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Decide(new(id, CampaignStep.Resume, http.User.Who()), sender, cancellation);

    private static Task<Results<Ok<CampaignRow>, ProblemHttpResult>> Stop(long id, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Decide(new(id, CampaignStep.Stop, http.User.Who()), sender, cancellation);

    private static async Task<Results<Ok<CampaignRow>, ProblemHttpResult>> Decide(DecideCampaign step, ISender sender, CancellationToken cancellation)
    {
        var said = await sender.Send(step, cancellation);
        return said is { Campaign: null, Problem: { } problem } ? Problems.Conflict($"The campaign cannot do that: {problem}.") : Answer(said);
    }

    private static Results<Ok<CampaignRow>, ProblemHttpResult> Answer(CampaignSaid said) => said switch
    {
        { Campaign: { } campaign } => TypedResults.Ok(CampaignRow.Of(campaign)),
        { Problem: { } problem } => Problems.Bad(problem),
        _ => Problems.NotFound,
    };
}

/// <param name="Rows">Rows of its list; null while it has none.</param>
/// <param name="AllPlanned">Everybody's message is in the plan.</param>
internal sealed record CampaignRow(
    long Id, string Name, long PracticeId, long? LineId, CampaignState State, int? Rows, bool AllPlanned, Instant CreatedAt, Instant? StartAt, Instant? FinishedAt)
{
    public static CampaignRow Of(Campaign row) =>
        new(row.Id, row.Name, row.PracticeId, row.LineId, row.State, row.Rows, row.AllPlanned, row.CreatedAt, row.StartAt, row.FinishedAt);
}

internal sealed record CampaignDetail(CampaignRow Campaign, IReadOnlyList<TriggerText> Texts, Audience? Audience, CampaignPace Pace, CampaignReport.Answer Report);
