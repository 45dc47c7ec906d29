using System.Security.Cryptography;
using System.Text;
using Artera.Integration.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Artera.Integration.Inbound;

/// <summary>Messages of one feed that wait for a person for one and the same reason.</summary>
/// <param name="Feed">Which feed.</param>
/// <param name="State">Held, Unmapped or Failed.</param>
/// <param name="Cause">The stable word, such as <c>unknown-code</c>.</param>
/// <param name="CausePath">Where: <c>SCH-8.1</c>.</param>
/// <param name="CauseValue">The code without a meaning, or the location that nobody owns.</param>
/// <param name="CauseTable">The table that lacks the code.</param>
public sealed record HeldCause(string Feed, InboxState State, string? Cause, string? CausePath, string? CauseValue, string? CauseTable)
{
    /// <summary>Stands for the cause where somebody must name it: always the same for the same cause.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', Feed, State, Cause, CausePath, CauseValue, CauseTable)))[..4]);

    /// <summary>In one line, for a person.</summary>
    public string InWords() => (State, Cause) switch
    {
        (_, "unknown-code") when CauseTable is not null => $"{CausePath} = {CauseValue} is not in table {CauseTable}",
        (_, "unknown-code") => $"{CausePath} has a code without a meaning",
        (InboxState.Held, "too-long") => $"{CausePath} is longer than can be kept",
        (_, "missing") => $"nothing at {CausePath}",
        (_, "unreadable") when CausePath is not null => $"{CausePath} cannot be read",
        (_, "unreadable") => "not an HL7 message that can be read",
        (_, "unmapped-location") when CauseValue is not null => $"no practice owns the location {CauseValue}",
        (_, UnmappedMessages.Provider) => $"no location, and no practice owns the provider {CauseValue}",
        (InboxState.Unmapped, _) => "neither a location nor a provider that a practice owns",
        (_, "unknown-feed") => "the settings have no such feed any more",
        (InboxState.Failed, _) => $"our own trouble: {CauseValue}",
        _ => string.Join(' ', new[] { Cause, CausePath, CauseValue, CauseTable }.Where(part => !string.IsNullOrEmpty(part))),
    };
}

/// <summary>A cause, and how many messages wait because of it.</summary>
/// <param name="Count">How many.</param>
/// <param name="Retrying">How many of them are tried again by themselves.</param>
/// <param name="First">When the first of them arrived.</param>
/// <param name="Last">When the latest of them arrived.</param>
/// <param name="ExampleId">The first of them.</param>
public sealed record HeldGroup(HeldCause Cause, int Count, int Retrying, Instant First, Instant Last, long ExampleId)
{
    /// <summary>Every group, those of one feed when one is named, largest first. Read from an index that has these rows only.</summary>
    public static async Task<IReadOnlyList<HeldGroup>> All(IntegrationDb db, string? feed, CancellationToken cancellation)
    {
        var found = await Counted(db, feed).ToListAsync(cancellation);
        var times = await TimesOf(db, [.. found.SelectMany(group => new[] { group.First, group.Last }).Distinct()], cancellation);
        return
        [
            .. found
                .Select(group => new HeldGroup(group.Cause, group.Count, group.Retrying, times[group.First], times[group.Last], group.First))
                .OrderByDescending(group => group.Count).ThenBy(group => group.ExampleId),
        ];
    }

    internal static IQueryable<CountedCause> Counted(IntegrationDb db, string? feed)
    {
        var waiting = db.Set<InboxMessage>().WaitingForAPerson();
        if (feed is not null)
            waiting = waiting.Where(message => message.Feed == feed);
        return waiting
            .GroupBy(message => new { message.State, message.Feed, message.Cause, message.CausePath, message.CauseValue, message.CauseTable })
            .Select(group => new CountedCause(
                new HeldCause(group.Key.Feed, group.Key.State, group.Key.Cause, group.Key.CausePath, group.Key.CauseValue, group.Key.CauseTable),
                group.Count(), group.Count(message => message.RetryAt != null), group.Min(message => message.Id), group.Max(message => message.Id)));
    }

    /// <summary>Ids follow the order of arrival, so that the index need not carry the times.</summary>
    private static async Task<Dictionary<long, Instant>> TimesOf(IntegrationDb db, long[] ids, CancellationToken cancellation)
    {
        var times = new Dictionary<long, Instant>();
        foreach (var some in ids.Chunk(500))
        {
            var rows = await db.Set<InboxMessage>().Where(message => some.Contains(message.Id))
                .Select(message => new { message.Id, message.ReceivedAt }).ToListAsync(cancellation);
            rows.ForEach(row => times[row.Id] = row.ReceivedAt);
        }

        return times;
    }

    internal sealed record CountedCause(HeldCause Cause, int Count, int Retrying, long First, long Last);
}
