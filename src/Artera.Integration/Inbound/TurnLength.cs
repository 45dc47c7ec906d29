using Artera.Integration.Data;

namespace Artera.Integration.Inbound;

/// <summary>
/// How many messages are applied in a turn. Where there is one writer, whoever sends us a message waits for its end: it is short
/// while messages arrive, longer the further we are behind, for each turn has its price, and long when nobody waits.
/// </summary>
internal sealed class TurnLength(WriteGate gate)
{
    private const double Shortest = 3;
    private const double Longest = 50;
    private double millisecondsEach = 1;
    private long turns;

    /// <summary>For now.</summary>
    /// <param name="secondsBehind">The age of the oldest message that waits.</param>
    public int Next(double secondsBehind)
    {
        if (gate.LetsOthersWrite)
            return 128;
        var length = gate.Turns == turns ? Longest : Math.Min(Shortest + secondsBehind, Longest);
        return Math.Clamp((int)(length / millisecondsEach), 1, 64);
    }

    /// <summary>What the last one took, from its first write to its commit.</summary>
    public void Was(TimeSpan length, int applied)
    {
        turns = gate.Turns;
        if (applied > 0)
            millisecondsEach += (length.TotalMilliseconds / applied - millisecondsEach) / 4;
    }
}
