namespace Artera.Integration.Data;

/// <summary>
/// Rows that somebody has read in advance for many keys at once, in the transaction that needs them. A key with no rows
/// is known too: nothing is asked twice, and what is added and not saved yet is found.
/// </summary>
public sealed class AtHand<TKey, TRow>
    where TKey : notnull
{
    private readonly Dictionary<TKey, List<TRow>> rows = [];

    /// <summary>All rows of a key; null when nobody has asked the database for them.</summary>
    public List<TRow>? Find(TKey key) => rows.GetValueOrDefault(key);

    /// <summary>From here on the rows of these keys are known: those that are put here.</summary>
    public void Expect(IEnumerable<TKey> keys)
    {
        foreach (var key in keys)
            rows.TryAdd(key, []);
    }

    /// <returns>False when the other rows of the key are not known, so that this one is not taken down either.</returns>
    public bool Put(TKey key, TRow row)
    {
        if (!rows.TryGetValue(key, out var known))
            return false;
        known.Add(row);
        return true;
    }
}
