namespace Artera.Integration.Mapping.Hl7;

/// <summary>
/// Segments [From, To): one group of those that lie in [RegionFrom, RegionTo). Names in <paramref name="Shared"/> never
/// belong to such a group, wherever they stand.
/// </summary>
internal readonly record struct Hl7Window(int From, int To, int RegionFrom, int RegionTo, uint[]? Shared = null)
{
    public bool Has(int index) => index >= From && index < To;

    public bool Allows(int index, uint key) =>
        Has(index) || index < RegionFrom || index >= RegionTo || (Shared is not null && Shared.Contains(key));
}

/// <summary>
/// A message seen from one of its groups: one patient of a group visit, one PID and MRG pair of an A40, one order.
/// A path is read from the group where the group has such a segment, else from what the groups share; never from
/// another group of the same kind.
/// </summary>
public readonly struct Hl7Range
{
    private readonly Hl7Window first;
    private readonly Hl7Window? second;

    internal Hl7Range(Hl7Message message, Hl7Window first, Hl7Window? second)
    {
        Message = message;
        this.first = first;
        this.second = second;
    }

    /// <summary>The message.</summary>
    public Hl7Message Message { get; }

    /// <summary>The segments of the group itself.</summary>
    public Hl7Segments Segments => new(Message, first.From, first.To);

    /// <summary>True when the group itself has no segment.</summary>
    public bool IsEmpty => first.From == first.To;

    /// <summary>This group seen together with a group of another kind: the patient and the resources of a visit.</summary>
    /// <param name="other">The group to look in where this one does not have the segment; other groups of its kind are not looked into.</param>
    public Hl7Range With(in Hl7Range other) => new(Message, first, other.first);

    /// <summary>Reads the first value that a path leads to.</summary>
    /// <param name="path">The compiled path.</param>
    /// <returns>The value; absent when there is none.</returns>
    public Hl7Value Get(Hl7Path path) => Find(path) is >= 0 and var index ? path.In(new Hl7Segment(Message, index)) : default;

    /// <summary>Reads every value that a path leads to: every segment and every repetition that its selectors allow.</summary>
    /// <param name="path">The compiled path.</param>
    public Hl7Values All(Hl7Path path) => new(this, path);

    /// <summary>The first segment of a name, as a path would find it.</summary>
    /// <param name="name">Three characters.</param>
    /// <returns>The segment, or null.</returns>
    public Hl7Segment? Segment(string name)
    {
        var key = SegmentSpan.KeyOf(name);
        return Next(key, Zone(key), -1) is >= 0 and var index ? new Hl7Segment(Message, index) : null;
    }

    /// <summary>The index of the first segment that a path's selectors allow, or -1.</summary>
    internal int Find(Hl7Path path)
    {
        var zone = Zone(path.Key);
        Hl7Counts counts = default;
        var index = Next(path.Key, zone, -1);
        while (index >= 0 && !Hl7Selector.Allow(path.Which, new Hl7Segment(Message, index), ref counts)) index = Next(path.Key, zone, index);
        return index;
    }

    /// <summary>Which part of the range answers for a segment name: 0 the group, 1 the other group, 2 what is shared, -1 none.</summary>
    internal int Zone(uint key)
    {
        if (key == 0) return -1;
        if (Next(key, 0, -1) >= 0) return 0;
        if (second is not null && Next(key, 1, -1) >= 0) return 1;
        return Next(key, 2, -1) >= 0 ? 2 : -1;
    }

    internal int Next(uint key, int zone, int after)
    {
        if (zone < 0) return -1;
        var spans = Message.Spans;
        var (from, to) = zone switch { 0 => (first.From, first.To), 1 => (second!.Value.From, second.Value.To), _ => (0, spans.Length) };
        for (var i = Math.Max(after + 1, from); i < to; i++)
        {
            if (spans[i].Key == key && first.Allows(i, key) && (second is not { } other || other.Allows(i, key))) return i;
        }

        return -1;
    }
}
