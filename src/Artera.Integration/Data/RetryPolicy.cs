using NodaTime;

namespace Artera.Integration.Data;

/// <summary>What went wrong, as far as trying again is concerned.</summary>
public enum Failure
{
    /// <summary>May pass by itself: an outage, a 5xx, AE, CE, no connection.</summary>
    Transient,

    /// <summary>Will not pass: refused, invalid, AR, CR, a 4xx.</summary>
    Final,
}

/// <summary>Again after a pause, or not until a person has looked.</summary>
public readonly record struct Next(bool Again, Duration Pause);

/// <summary>The only place that says again, later or park.</summary>
public static class RetryPolicy
{
    private static readonly Duration[] Pauses =
    [
        Duration.FromSeconds(2), Duration.FromSeconds(10), Duration.FromSeconds(30), Duration.FromMinutes(2),
        Duration.FromMinutes(5), Duration.FromMinutes(15), Duration.FromMinutes(30), Duration.FromHours(1),
    ];

    private const int MostAttempts = 48;

    /// <summary>What to do after the given attempt failed.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="attempt">How many attempts there have been, from 1.</param>
    /// <param name="askedFor">The pause that the other side asked for (Retry-After), if any.</param>
    /// <param name="most">How many attempts there may be before a person is asked.</param>
    public static Next After(Failure failure, int attempt, Duration? askedFor = null, int most = MostAttempts)
    {
        if (failure == Failure.Final || attempt >= most)
            return new Next(false, Duration.Zero);
        var pause = Pauses[Math.Min(attempt, Pauses.Length) - 1];
        return new Next(true, askedFor is { } asked && asked > pause ? asked : pause);
    }
}
