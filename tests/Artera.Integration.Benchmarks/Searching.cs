using System.Diagnostics;
using System.Globalization;
using Artera.Integration.Inbound;
using Artera.Integration.Web.Api;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Benchmarks;

/// <summary>How long a page of fifty messages takes to find, by what is asked: <c>-- search --database FILE</c>.</summary>
internal static class Searching
{
    private const int Page = 51;
    private const int Rounds = 30;
    private static readonly Instant Middle = Instant.FromUtc(2026, 5, 31, 12, 0);

    private static readonly (string Asked, InboxFilter Filter)[] Questions =
    [
        ("nothing: the latest", new()),
        ("feed", new() { Feed = "siu" }),
        ("control id", new() { ControlId = "C000054321" }),
        ("patient id", new() { PatientId = "P0012345" }),
        ("appointment id", new() { AppointmentId = "A00000123" }),
        ("type", new() { Type = "ADT" }),
        ("event, common", new() { Event = "SIU^S12" }),
        ("event, rare", new() { Event = "REF^I14" }),
        ("state Held", new() { State = InboxState.Held }),
        ("state Received", new() { State = InboxState.Received }),
        ("cause, common", new() { Cause = "not-listed" }),
        ("cause, rare", new() { Cause = "failed" }),
        ("a day", new() { From = Middle, To = Middle + Duration.FromDays(1) }),
        ("feed + rare event + Held", new() { Feed = "adt", Event = "REF^I14", State = InboxState.Held }),
        ("type + Failed + a day", new() { Type = "ADT", State = InboxState.Failed, From = Middle, To = Middle + Duration.FromDays(1) }),
        ("feed + event + a day", new() { Feed = "adt", Event = "SIU^S26", From = Middle, To = Middle + Duration.FromDays(1) }),
        ("patient + state + cause", new() { PatientId = "P0012345", State = InboxState.Stale, Cause = "older-version" }),
        ("what is not there: event + cause", new() { Event = "SIU^S12", Cause = "not-listed" }),
    ];

    public static async Task<int> Print(string file)
    {
        await using var database = new BigDatabase(file).Open();
        var count = await database.Set<InboxMessage>().LongCountAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} messages; median and worst of {Rounds} searches, ms"));
        Console.WriteLine("| asked for | found | median | worst |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var (asked, filter) in Questions)
        {
            var times = new double[Rounds];
            var found = 0;
            await Find(file, filter);
            for (var round = 0; round < Rounds; round++)
            {
                var started = Stopwatch.GetTimestamp();
                found = await Find(file, filter);
                times[round] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }

            Array.Sort(times);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {asked} | {Math.Min(found, Page - 1)} | {times[Rounds / 2]:0.0} | {times[^1]:0.0} |"));
        }

        return 0;
    }

    // As the API does it: a context of its own, the ids, then the rows.
    private static async Task<int> Find(string file, InboxFilter filter)
    {
        await using var db = new BigDatabase(file).Open();
        var ids = await new FindMessagesHandler(db).Handle(new FindMessages(filter, Before: null, Page), CancellationToken.None);
        return (await db.Set<InboxMessage>().RowsOf(ids, CancellationToken.None)).Count;
    }
}
