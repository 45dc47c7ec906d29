using NodaTime;

namespace Artera.Integration.Inbound.Fhir;

/// <summary>What is usual for a feed: the same hours of the weeks before. Pure.</summary>
internal static class FeedHabit
{
    /// <summary>How far back the habit reaches.</summary>
    public static readonly Duration Memory = Duration.FromDays(7 * (Weeks + 1));

    private const int Weeks = 4;

    /// <summary>Two weeks make a habit.</summary>
    private const int Fewest = 2;

    /// <summary>So many notifications were to be expected by now: that none came is no chance.</summary>
    private const int Expected = 10;

    private static readonly Duration Hour = Duration.FromHours(1);

    public static Instant HourOf(Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / 3600 * 3600);

    /// <summary>Since when nothing came although much should have; null when that is usual, or not known to be unusual.</summary>
    /// <param name="heard">By the beginning of the hour; an hour in which we did not listen is not among them, and ends the looking back.</param>
    public static Instant? QuietSince(IReadOnlyDictionary<Instant, int> heard, Instant now)
    {
        var hour = HourOf(now);
        if (heard.GetValueOrDefault(hour) > 0)
            return null;
        var expected = 0;
        Instant? since = null;
        for (hour -= Hour; heard.TryGetValue(hour, out var count) && count == 0 && now - hour < Duration.FromDays(7); hour -= Hour)
        {
            since = hour;
            expected += Usual(heard, hour);
        }

        return expected >= Expected ? since : null;
    }

    /// <summary>The lower of the middle: one busy week is no habit.</summary>
    private static int Usual(IReadOnlyDictionary<Instant, int> heard, Instant hour)
    {
        var before = Enumerable.Range(1, Weeks).Select(week => hour - Duration.FromDays(7 * week)).Where(heard.ContainsKey).Select(week => heard[week]).Order().ToList();
        return before.Count < Fewest ? 0 : before[(before.Count - 1) / 2];
    }
}
