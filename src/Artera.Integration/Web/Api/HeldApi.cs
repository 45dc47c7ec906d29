using System.ComponentModel;
using Artera.Integration.Data;
using Artera.Integration.Enterprise;
using Artera.Integration.Feeds;
using Artera.Integration.Inbound;
using Artera.Integration.Operations.Held;
using Artera.Integration.Web.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Artera.Integration.Web.Api;

/// <summary>
/// What waits for a person, and what a person says. Said twice does nothing twice: the second time nothing waits any
/// more, so that these need no <c>Idempotency-Key</c>.
/// </summary>
internal static class HeldApi
{
    public static void MapHeld(this IEndpointRouteBuilder api)
    {
        var feed = api.MapGroup("/feeds/{name}").WithTags("Feeds");
        feed.MapGet("/held", List).WithSummary("Messages that wait for a person, grouped by their cause, the largest group first.");
        feed.MapPost("/held/{key}/again", Again).WithSummary("Apply the messages of a group under today's mapping, in their order; nobody is texted about the past.");
        feed.MapPost("/held/{key}/ignore", Ignore).WithSummary("The messages of a group are not for us.");
        feed.MapPost("/held/{key}/meaning", Meaning).For(Role.Enterprise)
            .WithSummary("Write what the group's code means into the mapping file, and apply the messages that waited for it.");
        feed.MapPost("/held/{key}/practice", Practice).For(Role.Enterprise)
            .WithSummary("Give the group's location to a practice, and apply the messages kept for it.");
        feed.MapPost("/messages/{id:long}/again", MessageAgain).WithSummary("Apply one message under today's mapping; nobody is texted about the past.");
        feed.MapPost("/messages/{id:long}/ignore", MessageIgnore).WithSummary("One message is not for us.");
    }

    private static async Task<Results<Ok<Page<HeldRow>>, ProblemHttpResult>> List(string name, FeedBook feeds, IntegrationDb db, CancellationToken cancellation)
    {
        if (feeds.Find(name) is not { } feed)
            return Problems.NotFound;
        var groups = await HeldGroup.All(db, feed.Name, cancellation);
        return TypedResults.Ok(new Page<HeldRow>([.. groups.Select(group => HeldRow.Of(group, feed))], null));
    }

    private static Task<Results<Ok<AppliedAgain>, ProblemHttpResult>> Again(
        string name, string key, HeldMessages held, IntegrationDb db, HttpContext http, CancellationToken cancellation) =>
        Decide(name, key, MessageChoice.ApplyAgain, held, db, http, cancellation);

    private static Task<Results<Ok<AppliedAgain>, ProblemHttpResult>> Ignore(
        string name, string key, HeldMessages held, IntegrationDb db, HttpContext http, CancellationToken cancellation) =>
        Decide(name, key, MessageChoice.Ignore, held, db, http, cancellation);

    private static async Task<Results<Ok<AppliedAgain>, ProblemHttpResult>> Decide(
        string name, string key, MessageChoice choice, HeldMessages held, IntegrationDb db, HttpContext http, CancellationToken cancellation) =>
        await Find(db, name, key, cancellation) is { } cause
            ? TypedResults.Ok(new AppliedAgain(await held.Decide(cause, choice, http.User.Who(), cancellation)))
            : Problems.NotFound;

    private static async Task<Results<Ok<AppliedAgain>, ProblemHttpResult>> Meaning(
        string name, string key, MeaningGiven given, GiveMeaning give, IntegrationDb db, HttpContext http, CancellationToken cancellation)
    {
        if (await Find(db, name, key, cancellation) is not { CauseTable: { } table, CauseValue: { } code })
            return Problems.NotFound;
        return Answer(await give.Run(name, table, code, given.Meaning, http.User.Who(), cancellation));
    }

    private static async Task<Results<Ok<AppliedAgain>, ProblemHttpResult>> Practice(
        string name, string key, PracticeGiven given, GiveLocation give, IntegrationDb db, HttpContext http, CancellationToken cancellation)
    {
        if (await Find(db, name, key, cancellation) is not { State: InboxState.Unmapped, CauseValue: { } code } cause)
            return Problems.NotFound;
        return Answer(await give.Run(name, GiveLocation.KindOf(cause), code, given.Practice, given.Name, http.User.Who(), cancellation));
    }

    private static Task<Results<NoContent, ProblemHttpResult>> MessageAgain(string name, long id, HeldMessages held, HttpContext http, CancellationToken cancellation) =>
        Decide(name, id, MessageChoice.ApplyAgain, held, http, cancellation);

    private static Task<Results<NoContent, ProblemHttpResult>> MessageIgnore(string name, long id, HeldMessages held, HttpContext http, CancellationToken cancellation) =>
        Decide(name, id, MessageChoice.Ignore, held, http, cancellation);

    private static async Task<Results<NoContent, ProblemHttpResult>> Decide(
        string name, long id, MessageChoice choice, HeldMessages held, HttpContext http, CancellationToken cancellation) =>
        await held.Decide(name, id, choice, http.User.Who(), cancellation) ? TypedResults.NoContent() : Problems.NotFound;

    private static Results<Ok<AppliedAgain>, ProblemHttpResult> Answer(Said said) =>
        said.Error is { } error ? Problems.Conflict(error) : TypedResults.Ok(new AppliedAgain(said.Applied));

    private static async Task<HeldCause?> Find(IntegrationDb db, string feed, string key, CancellationToken cancellation) =>
        (await HeldGroup.All(db, feed, cancellation)).FirstOrDefault(group => group.Cause.Key == key)?.Cause;
}

/// <summary>Messages that wait for the same reason.</summary>
/// <param name="Meanings">For a code: the words that it can mean; none when any word will do.</param>
internal sealed record HeldRow(
    [property: Description("Names the group in the addresses below; always the same for the same cause.")] string Key,
    InboxState State,
    string? Cause,
    string? CausePath,
    string? CauseValue,
    string? CauseTable,
    string Words,
    int Count,
    [property: Description("How many of them are tried again by themselves.")] int Retrying,
    Instant First,
    Instant Last,
    long ExampleId,
    IReadOnlyList<string>? Meanings)
{
    public static HeldRow Of(HeldGroup group, Feed feed)
    {
        var cause = group.Cause;
        return new(
            cause.Key, cause.State, cause.Cause, cause.CausePath, cause.CauseValue, cause.CauseTable, cause.InWords(),
            group.Count, group.Retrying, group.First, group.Last, group.ExampleId,
            cause.CauseTable is { } table ? feed.Mapper.File.WordsOf(table) : null);
    }
}

/// <param name="Count">How many messages are applied again, or ignored.</param>
internal sealed record AppliedAgain(int Count);

internal sealed record MeaningGiven([property: Description("A word of the mapping language; null: the code says nothing.")] string? Meaning);

internal sealed record PracticeGiven(
    [property: Description("The practice, by its name.")] string Practice,
    [property: Description("What patients read; the EMR's code unless told.")] string? Name);
