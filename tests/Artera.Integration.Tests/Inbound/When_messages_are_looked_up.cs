using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_messages_are_looked_up : IAsyncLifetime
{
    private static readonly Instant Start = Instant.FromUtc(2026, 10, 26, 14, 0);
    private static readonly string[] Events = ["SIU^S12", "SIU^S14", "ADT^A08", "ORU^R01", ""];
    private static readonly (InboxState State, string? Cause)[] Fates =
    [
        (InboxState.Applied, null), (InboxState.Received, null), (InboxState.Held, "unknown-code"), (InboxState.Held, "missing"),
        (InboxState.Stale, "older-version"), (InboxState.Rejected, "processing-id"),
    ];

    private TestServer server = null!;
    private List<InboxMessage> all = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start(settings: [new("Inbound:Apply", "false")]);
        await server.Write([.. Enumerable.Range(0, 400).Select(Message)]);
        all = await server.Read(db => db.Set<InboxMessage>().AsNoTracking().OrderByDescending(row => row.Id).ToListAsync());
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Every_combination_finds_what_a_look_at_each_message_finds()
    {
        foreach (var filter in Combinations())
        {
            var expected = all.Where(message => Fits(message, filter)).Take(7).Select(message => message.Id).ToList();
            (await Find(filter, take: 7)).ShouldBe(expected, filter.ToString());
        }
    }

    [Fact]
    public async Task An_index_leads_to_them_at_every_combination()
    {
        foreach (var filter in Combinations())
        {
            var plans = await QueryPlans.Of(server.DatabaseFile, () => Find(filter, take: 7));
            plans.ShouldNotBeEmpty();
            plans.Where(plan => !IsByIndex(plan.Sql, plan.Step)).Select(plan => $"{plan.Step} in {plan.Sql}").ShouldBeEmpty(filter.ToString());
        }
    }

    /// <summary>The few messages that share a control id may be sorted; the ends of the table are read in the order of the ids and stopped at once.</summary>
    private static bool IsByIndex(string sql, string step) =>
        step.StartsWith("SEARCH", StringComparison.Ordinal)
        || (step == "SCAN i" && IsAnEnd(sql))
        || (step == "USE TEMP B-TREE FOR ORDER BY" && sql.Contains("\"ControlId\" <> ''", StringComparison.Ordinal));

    private static bool IsAnEnd(string sql) => sql.Contains("LIMIT", StringComparison.Ordinal) && !sql.Contains("WHERE", StringComparison.Ordinal);

    [Fact]
    public async Task One_page_goes_on_where_the_other_ended()
    {
        var filter = new InboxFilter { Type = "SIU" };
        var pages = new List<long>();
        for (var page = await Find(filter, 25); page.Count > 0; page = await Find(filter, 25, before: page[^1]))
            pages.AddRange(page);
        pages.ShouldBe(all.Where(message => Fits(message, filter)).Select(message => message.Id));
    }

    [Fact]
    public async Task The_API_takes_all_of_it_for_one_feed_and_for_all()
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Http, "/api/v1/feeds/") };
        var of = await http.GetStringAsync(new Uri("adt/messages?type=SIU&state=Held&cause=missing&from=2026-10-26T14:00:00Z&to=2026-10-26T15:00:00Z&limit=3", UriKind.Relative));
        of.ShouldContain("\"feed\":\"adt\"");
        of.ShouldNotContain("\"feed\":\"siu\"");
        of.ShouldNotContain("unknown-code");
        (await http.GetStringAsync(new Uri("messages?state=Held&limit=200", UriKind.Relative))).ShouldContain("\"feed\":\"siu\"");
    }

    private static IEnumerable<InboxFilter> Combinations() =>
        from feed in new[] { null, "siu" }
        from state in new InboxState?[] { null, InboxState.Held, InboxState.Received }
        from cause in new[] { null, "missing" }
        from type in new[] { (null, null), ("SIU", null), ((string?)null, (string?)"SIU^S14") }
        from named in new[] { 0, 1, 2, 3 }
        from time in new[] { false, true }
        select new InboxFilter
        {
            Feed = feed,
            State = state,
            Cause = cause,
            Type = type.Item1,
            Event = type.Item2,
            ControlId = named == 1 ? "C5" : null,
            PatientId = named == 2 ? "P3" : null,
            AppointmentId = named == 3 ? "A3" : null,
            From = time ? Start + Duration.FromMinutes(60) : null,
            To = time ? Start + Duration.FromMinutes(180) : null,
        };

    private static bool Fits(InboxMessage message, InboxFilter filter) =>
        (filter.Feed is null || message.Feed == filter.Feed)
        && (filter.State is null || message.State == filter.State)
        && (filter.Cause is null || message.Cause == filter.Cause)
        && (filter.Type is null || message.Event.StartsWith(filter.Type, StringComparison.Ordinal))
        && (filter.Event is null || message.Event == filter.Event)
        && (filter.ControlId is null || message.ControlId == filter.ControlId)
        && (filter.PatientId is null || message.PatientKey == filter.PatientId)
        && (filter.AppointmentId is null || message.AppointmentKey == filter.AppointmentId)
        && (filter.From is null || message.ReceivedAt >= filter.From)
        && (filter.To is null || message.ReceivedAt < filter.To);

    private static InboxMessage Message(int number)
    {
        var (state, cause) = Fates[number % Fates.Length];
        return new InboxMessage
        {
            Feed = number % 3 == 0 ? "adt" : "siu",
            ReceivedAt = Start + Duration.FromMinutes(number),
            Raw = [],
            ControlId = $"C{number % 40}",
            BodyHash = number,
            Event = Events[number / 7 % Events.Length],
            AckCode = "AA",
            State = state,
            Cause = cause,
            PatientKey = $"P{number % 5}",
            AppointmentKey = number % 2 == 0 ? null : $"A{number % 7}",
        };
    }

    private async Task<IReadOnlyList<long>> Find(InboxFilter filter, int take, long? before = null)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(new FindMessages(filter, before, take));
    }
}
