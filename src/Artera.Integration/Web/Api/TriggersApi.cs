using System.ComponentModel;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Web.Access;
using Mediator;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>
/// The rules that send messages by themselves, changed by name: said twice changes nothing the second time, so that these
/// need no <c>Idempotency-Key</c>.
/// </summary>
internal static class TriggersApi
{
    public static void MapTriggers(this IEndpointRouteBuilder api)
    {
        var triggers = api.MapGroup("").WithTags("Enterprise");
        triggers.MapPut("/triggers", Save).For(Role.Enterprise)
            .WithSummary("Add a rule, or change the one of that name; what it touches is planned again in the background.");
        triggers.MapPut("/practices/{practiceId:long}/triggers", SaveOwn)
            .WithSummary("Add or change a rule of a practice's own; one that is named like a default replaces it there.");
        triggers.MapPut("/practices/{practiceId:long}/triggers/{id:long}", Choose)
            .WithSummary("Start, pause or restrict a default in one practice. All else stays the default's.");
        triggers.MapGet("/triggers/{id:long}/history", History).WithSummary("Who changed a rule, when, and how it read before and after, the latest first.");
        triggers.MapGet("/replannings", Replannings).WithSummary("How far the planning is after changes of rules, the latest first.");
    }

    private static async Task<Results<Ok<SavedTrigger>, ProblemHttpResult>> Save(
        TriggerEntry entry, Snapshot<EnterpriseDirectory> enterprise, ISender sender, HttpContext http, CancellationToken cancellation) =>
        (await enterprise.Get(cancellation)).HealthSystems.ToList() is [var system]
            ? Answer(await sender.Send(new SaveTrigger(system.Id, PracticeId: null, entry, http.User.Who()), cancellation))
            : Problems.Conflict("There is not one enterprise here.");

    private static async Task<Results<Ok<SavedTrigger>, ProblemHttpResult>> SaveOwn(
        long practiceId, TriggerEntry entry, IntegrationDb db, ISender sender, HttpContext http, CancellationToken cancellation) =>
        await db.Set<Practice>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == practiceId, cancellation) is { } practice
            ? Answer(await sender.Send(new SaveTrigger(practice.HealthSystemId, practiceId, entry, http.User.Who()), cancellation))
            : Problems.NotFound;

    private static async Task<Results<Ok<SavedTrigger>, ProblemHttpResult>> Choose(
        long practiceId, long id, ChoiceEntry entry, ISender sender, HttpContext http, CancellationToken cancellation) =>
        Answer(await sender.Send(new ChooseTrigger(id, practiceId, entry, http.User.Who()), cancellation));

    private static async Task<Ok<Page<TriggerEditRow>>> History(
        long id, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = db.Set<TriggerEdit>().AsNoTracking().Where(edit => edit.TriggerId == id);
        if (page.After is { } after)
            rows = rows.Where(edit => edit.Id < after.Id);
        return TypedResults.Ok(await page.Of(
            rows.OrderByDescending(edit => edit.Id).Select(edit => new TriggerEditRow(edit.Id, edit.PracticeId, edit.At, edit.Who, edit.Before, edit.After)),
            row => new Cursor(row.Id),
            cancellation));
    }

    private static async Task<Ok<Page<ReplanningRow>>> Replannings([AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = db.Set<Replanning>().AsNoTracking();
        if (page.After is { } after)
            rows = rows.Where(row => row.Id < after.Id);
        return TypedResults.Ok(await page.Of(
            rows.OrderByDescending(row => row.Id).Select(row => new ReplanningRow(row.Id, row.Module, row.PracticeId, row.StartedAt, row.Done, row.Of, row.FinishedAt)),
            row => new Cursor(row.Id),
            cancellation));
    }

    private static Results<Ok<SavedTrigger>, ProblemHttpResult> Answer(Edited edited) => edited.Trigger is { } trigger
        ? TypedResults.Ok(new SavedTrigger(trigger.Id, edited.Changed))
        : Problems.Bad(string.Join("; ", edited.Problems));
}

/// <param name="Changed">False when everything was so before.</param>
internal sealed record SavedTrigger(long Id, bool Changed);

/// <param name="PracticeId">Set when a practice started, paused or restricted a default.</param>
internal sealed record TriggerEditRow(
    long Id,
    long? PracticeId,
    Instant At,
    string Who,
    [property: Description("YAML; null when it was new.")] string? Before,
    [property: Description("YAML.")] string After);

/// <param name="PracticeId">Null: every practice.</param>
/// <param name="FinishedAt">Null while it goes on.</param>
internal sealed record ReplanningRow(
    long Id,
    TriggerModule Module,
    long? PracticeId,
    Instant StartedAt,
    [property: Description("How many visits, recalls or referrals are done.")] int Done,
    [property: Description("How many there were when it began; null until they are counted.")] int? Of,
    Instant? FinishedAt);
