using Artera.Integration.Data;
using Artera.Integration.Inbound;
using Artera.Integration.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Tests.Inbound;

public sealed class When_messages_wait_for_a_person : IAsyncLifetime
{
    private static readonly Instant Start = Instant.FromUtc(2026, 10, 26, 14, 0);
    private static readonly HeldCause Unknown = new("main", InboxState.Held, "unknown-code", "SCH-8.1", "ZZZ", "visits");

    private Rooms rooms = null!;
    private int messages;

    public async ValueTask InitializeAsync() => rooms = await Rooms.Open();

    public ValueTask DisposeAsync() => rooms.DisposeAsync();

    [Fact]
    public async Task They_are_counted_by_cause_the_largest_group_first()
    {
        await rooms.Write(
            Message(Unknown), Message(Unknown with { Feed = "adt" }), Message(Unknown with { CauseValue = "YYY" }), Message(Unknown), Message(Unknown),
            Message(new("main", InboxState.Unmapped, "unmapped-location", null, "ANNEX", null)),
            Message(new("main", InboxState.Failed, "failed", null, "IOException", null), Start),
            Message(new("main", InboxState.Failed, "failed", null, "IOException", null)),
            Message(new("main", InboxState.Applied, null, null, null, null)),
            Message(new("main", InboxState.Ignored, "not-listed", "MSH-9", "XXX", null)));

        var groups = await rooms.Read(db => HeldGroup.All(db, "main", CancellationToken.None));

        groups.Select(group => (group.Cause.InWords(), group.Count, group.Retrying)).ShouldBe(
        [
            ("SCH-8.1 = ZZZ is not in table visits", 3, 0),
            ("our own trouble: IOException", 2, 1),
            ("SCH-8.1 = YYY is not in table visits", 1, 0),
            ("no practice owns the location ANNEX", 1, 0),
        ]);
        (groups[0].First, groups[0].Last, groups[0].ExampleId).ShouldBe((Start, Start + Duration.FromMinutes(4), 1));
        (await rooms.Read(db => HeldGroup.All(db, null, CancellationToken.None))).Sum(group => group.Count).ShouldBe(8);
    }

    [Fact]
    public async Task An_index_counts_them_and_no_other_message_is_read()
    {
        foreach (var feed in new[] { "main", null })
            (await Plan(db => HeldGroup.Counted(db, feed))).ShouldContain(line => line.Contains("USING COVERING INDEX IX_InboxMessage_State_Feed_Cause", StringComparison.Ordinal));
        (await Plan(db => db.Set<InboxMessage>().WaitingBecauseOf(Unknown).Where(message => message.Id > 5).OrderBy(message => message.Id).Select(message => message.Id).Take(9)))
            .ShouldHaveSingleItem().ShouldContain("INDEX IX_InboxMessage_State_");
    }

    [Fact]
    public async Task A_cause_has_a_name_of_its_own()
    {
        HeldCause[] causes = [Unknown, Unknown with { CauseTable = null }, Unknown with { CausePath = null, CauseTable = "SCH-8.1" }, Unknown with { State = InboxState.Failed }];
        causes.Select(cause => cause.Key).Distinct().Count().ShouldBe(4);
        (Unknown with { }).Key.ShouldBe(Unknown.Key);
    }

    [Fact]
    public async Task A_group_is_applied_again_quietly_and_the_others_wait_on()
    {
        await rooms.Write(Message(Unknown), Message(Unknown with { CauseValue = "YYY" }), Message(Unknown));

        (await Decide(Unknown, MessageChoice.ApplyAgain)).ShouldBe(2);

        var rows = await Rows();
        rows.Select(row => (row.State, row.Quiet, row.CauseTable)).ShouldBe(
            [(InboxState.Received, true, null), (InboxState.Held, false, "visits"), (InboxState.Received, true, null)]);
    }

    [Fact]
    public async Task A_group_is_ignored_and_says_so()
    {
        await rooms.Write(Message(Unknown), Message(Unknown with { Feed = "adt" }));

        (await Decide(Unknown, MessageChoice.Ignore)).ShouldBe(1);

        (await Rows()).Select(row => (row.State, row.Cause, row.CauseValue)).ShouldBe(
            [(InboxState.Ignored, "ignored-by-hand", "ZZZ"), (InboxState.Held, "unknown-code", "ZZZ")]);
    }

    [Fact]
    public async Task More_than_fit_into_a_transaction_are_all_of_them()
    {
        await rooms.Write([.. Enumerable.Range(0, 1203).Select(_ => Message(Unknown))]);
        (await Decide(Unknown, MessageChoice.ApplyAgain)).ShouldBe(1203);
    }

    private Task<int> Decide(HeldCause cause, MessageChoice choice) => ((HeldMessages)rooms.Services.GetService(typeof(HeldMessages))!).Decide(cause, choice, "test", CancellationToken.None);

    private Task<List<InboxMessage>> Rows() => rooms.Read(db => db.Set<InboxMessage>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    private InboxMessage Message(HeldCause cause, Instant? retry = null) => new()
    {
        Feed = cause.Feed,
        ReceivedAt = Start + Duration.FromMinutes(messages),
        Raw = [1],
        ControlId = $"C{messages++}",
        BodyHash = 1,
        Event = "SIU^S12",
        AckCode = "AA",
        State = cause.State,
        Cause = cause.Cause,
        CausePath = cause.CausePath,
        CauseValue = cause.CauseValue,
        CauseTable = cause.CauseTable,
        RetryAt = retry,
    };

    private Task<List<string>> Plan<T>(Func<IntegrationDb, IQueryable<T>> question) => rooms.Read(async db =>
    {
        await db.Database.OpenConnectionAsync();
        await using var command = question(db).CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await using var rows = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await rows.ReadAsync())
            plan.Add(rows.GetString(3));
        return plan;
    });
}
