using NodaTime;

namespace Artera.Integration.Delivery.Pacing;

/// <summary>So many a second, and so much of it at once as falls between two looks. Pure.</summary>
/// <param name="PerSecond">0: no limit.</param>
/// <param name="Ahead">How far ahead of the rate one look may take.</param>
internal readonly record struct Rate(double PerSecond, Duration Ahead)
{
    public bool HasLimit => PerSecond > 0;

    public bool Allows(Instant freeAt, Instant now) => !HasLimit || freeAt <= now + Ahead;

    /// <summary>Where the line stands when so many more have been taken.</summary>
    public Instant After(Instant freeAt, Instant now, int units) =>
        HasLimit ? Instant.Max(freeAt, now) + Duration.FromSeconds(units / PerSecond) : freeAt;
}
