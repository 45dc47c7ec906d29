namespace Artera.Integration.Tests.Chaos;

/// <summary>Chance, from a seed: the same seed asks for the same troubles, though not at the same instant.</summary>
internal sealed class Dice(int seed)
{
    private readonly Lock turn = new();
    private readonly Random random = new(seed);

    public Dice Another()
    {
        lock (turn)
            return new Dice(random.Next());
    }

    public bool Says(double likely)
    {
        lock (turn)
            return random.NextDouble() < likely;
    }

    /// <summary>From 0 to one less than <paramref name="count"/>.</summary>
    public int Below(int count)
    {
        lock (turn)
            return random.Next(count);
    }

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public TimeSpan Between(double least, double most)
    {
        lock (turn)
            return TimeSpan.FromSeconds(least + (random.NextDouble() * (most - least)));
    }

    /// <summary>All of them, in another order.</summary>
    public T[] Shuffled<T>(IEnumerable<T> cards)
    {
        T[] deck = [.. cards];
        lock (turn)
            random.Shuffle(deck);
        return deck;
    }
}
