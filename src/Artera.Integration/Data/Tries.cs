namespace Artera.Integration.Data;

/// <summary>How often the command of this scope has been tried; each try has a scope and a view of the database of its own.</summary>
public sealed class Tries
{
    private const int Most = 8;
    private int before;

    internal bool IsFirst => before == 0;

    internal bool AreLeft => before + 1 < Most;

    /// <summary>Uneven, so that two who were in each other's way are not again.</summary>
    internal TimeSpan Pause => TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 << before));

    internal void Follow(Tries earlier) => before = earlier.before + 1;
}
