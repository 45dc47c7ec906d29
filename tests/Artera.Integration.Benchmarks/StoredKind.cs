using System.Globalization;
using System.Text;

namespace Artera.Integration.Benchmarks;

/// <summary>What a stored message is and what became of it, in the shares of a busy feed: SQL for each column.</summary>
internal sealed record StoredKind(string Event, string State, string Cause, string Path, string Value, string Table)
{
    /// <summary>Lots for the event.</summary>
    public const int Events = 10_000;

    /// <summary>Lots for the fate.</summary>
    public const int Fates = 100_000;

    private static readonly (int Share, string Is)[] EventShares =
    [
        (3000, "'SIU^S12'"), (500, "'SIU^S13'"), (2500, "'SIU^S14'"), (600, "'SIU^S15'"), (300, "'SIU^S26'"), (1900, "'ADT^A08'"), (500, "'ADT^A04'"),
        (300, "'ADT^A31'"), (50, "'ADT^A40'"), (345, "'ORU^R01'"), (5, "'REF^I14'"),
    ];

    private static readonly (int Share, string State, string Cause, string Path, string Value, string Table)[] FateShares =
    [
        (300, "'Held'", "'unknown-code'", "'SCH-25.1'", "'Z' || (i % 20)", "'statuses'"),
        (50, "'Held'", "'missing'", "'SCH-11.4'", "NULL", "NULL"),
        (200, "'Unmapped'", "'unmapped-location'", "NULL", "'L' || (i % 30)", "NULL"),
        (500, "'Stale'", "'older-version'", "NULL", "NULL", "NULL"),
        (10, "'Failed'", "'failed'", "NULL", "NULL", "NULL"),
        (50, "'Rejected'", "'processing-id'", "'MSH-11'", "NULL", "NULL"),
        (98_890, "'Applied'", "NULL", "NULL", "NULL", "NULL"),
    ];

    /// <param name="lot">A number below <see cref="Events"/>.</param>
    /// <param name="fate">A number below <see cref="Fates"/>.</param>
    /// <param name="waits">Whether it has not been looked at yet.</param>
    public static StoredKind Of(string lot, string fate, string waits)
    {
        var happened = Choice(lot, EventShares);
        return new(
            happened,
            $"CASE WHEN {waits} THEN 'Received' WHEN {happened} = 'ORU^R01' THEN 'Ignored' ELSE {Choice(fate, [.. FateShares.Select(one => (one.Share, one.State))])} END",
            Fate("'not-listed'", [.. FateShares.Select(one => (one.Share, one.Cause))]),
            Fate("'MSH-9'", [.. FateShares.Select(one => (one.Share, one.Path))]),
            Fate("'ORU^R01'", [.. FateShares.Select(one => (one.Share, one.Value))]),
            Fate("NULL", [.. FateShares.Select(one => (one.Share, one.Table))]));

        string Fate(string ignored, (int, string)[] shares) =>
            $"CASE WHEN {waits} THEN NULL WHEN {happened} = 'ORU^R01' THEN {ignored} ELSE {Choice(fate, shares)} END";
    }

    private static string Choice(string lot, (int Share, string Is)[] shares)
    {
        var text = new StringBuilder("CASE");
        var end = 0;
        foreach (var (share, value) in shares[..^1])
            text.Append(CultureInfo.InvariantCulture, $" WHEN {lot} < {end += share} THEN {value}");
        return text.Append(CultureInfo.InvariantCulture, $" ELSE {shares[^1].Is} END").ToString();
    }
}
