using System.ComponentModel;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Outreach;
using Artera.Integration.Outreach.Hearing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Artera.Integration.Web.Api;

/// <summary>What the enterprise has set up: no patient is in it.</summary>
internal static class EnterpriseApi
{
    public static void MapEnterprise(this IEndpointRouteBuilder api)
    {
        api.MapGet("/practices", Practices).WithTags("Enterprise").WithSummary("Practices with time zone and hours.");
        api.MapGet("/lines", Lines).WithTags("Enterprise").WithSummary("Text-enabled numbers, by practice.");
        api.MapGet("/triggers", Triggers).WithTags("Enterprise").WithSummary("The rules that send messages by themselves, with their texts.");
    }

    private static async Task<Ok<Page<PracticeRow>>> Practices([AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = db.Set<Practice>().AsNoTracking();
        if (page.After is { } after)
            rows = rows.Where(row => row.Id > after.Id);
        return TypedResults.Ok(await page.Of(
            rows.OrderBy(row => row.Id).Select(row => new PracticeRow(row.Id, row.Name, row.TimeZone, row.Hours)), row => new Cursor(row.Id), cancellation));
    }

    private static async Task<Ok<Page<LineRow>>> Lines(
        long? practiceId, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var rows = db.Set<Line>().AsNoTracking();
        if (practiceId is not null)
            rows = rows.Where(row => row.PracticeId == practiceId);
        if (page.After is { } after)
            rows = rows.Where(row => row.Id > after.Id);
        return TypedResults.Ok(await page.Of(
            rows.OrderBy(row => row.Id).Select(row => new LineRow(row.Id, row.PracticeId, row.Number, row.Name, row.OneWay)),
            row => new Cursor(row.Id),
            cancellation));
    }

    private static async Task<Ok<Page<TriggerRow>>> Triggers(
        long? practiceId, [AsParameters] PageRequest page, IntegrationDb db, CancellationToken cancellation)
    {
        var rules = db.Set<Trigger>().AsNoTracking().Where(row => row.Module != TriggerModule.Campaign);
        if (practiceId is not null)
            rules = rules.Where(row => row.PracticeId == practiceId || row.PracticeId == null);
        if (page.After is { } after)
            rules = rules.Where(row => row.Id > after.Id);
        var triggers =
            from rule in rules
            join choice in db.Set<PracticeChoice>().AsNoTracking().Where(choice => choice.PracticeId == practiceId) on rule.Id equals choice.TriggerId into choices
            from choice in choices.DefaultIfEmpty()
            orderby rule.Id
            select new TriggerRow(rule.Id, rule.PracticeId, TriggerEntry.Of(rule), choice == null ? null : ChoiceEntry.Of(choice));
        return TypedResults.Ok(await page.Of(triggers, row => new Cursor(row.Id), cancellation));
    }
}

internal sealed record PracticeRow(long Id, string Name, string TimeZone, Hours Hours);

internal sealed record LineRow(long Id, long PracticeId, string Number, string Name, bool OneWay);

/// <param name="PracticeId">Null: a default of the enterprise.</param>
internal sealed record TriggerRow(
    long Id,
    long? PracticeId,
    [property: Description("As it is put back.")] TriggerEntry Rule,
    [property: Description("What the practice asked for makes of a default; null when it takes it as it is.")] ChoiceEntry? Choice);
