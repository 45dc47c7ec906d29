namespace Artera.Integration.Demo;

/// <summary>Counts by name, in the order in which they are named first.</summary>
internal sealed class Tally
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public Tally(params IEnumerable<string> inOrder)
    {
        foreach (var name in inOrder)
            Add(name, 0);
    }

    public IEnumerable<string> Names => names;

    public int this[string name] => counts.GetValueOrDefault(name);

    public void Add(string name, int count = 1)
    {
        if (counts.TryAdd(name, count))
            names.Add(name);
        else
            counts[name] += count;
    }
}
