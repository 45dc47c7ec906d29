namespace Artera.Integration.Mapping.Hl7;

/// <summary>Consecutive segments of a message.</summary>
public readonly struct Hl7Segments
{
    private readonly Hl7Message message;
    private readonly int from;
    private readonly int to;

    internal Hl7Segments(Hl7Message message, int from, int to) => (this.message, this.from, this.to) = (message, from, to);

    /// <summary>How many there are.</summary>
    public int Count => to - from;

    /// <summary>A segment by its place in this list.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public Hl7Segment this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new(message, from + index);
        }
    }

    /// <summary>Walks over the segments.</summary>
    public Enumerator GetEnumerator() => new(message, from, to);

    /// <summary>Walks over segments without allocating.</summary>
    public struct Enumerator
    {
        private readonly Hl7Message message;
        private readonly int to;
        private int index;

        internal Enumerator(Hl7Message message, int from, int to) => (this.message, index, this.to) = (message, from - 1, to);

        /// <summary>The segment reached.</summary>
        public readonly Hl7Segment Current => new(message, index);

        /// <summary>Goes on to the next segment.</summary>
        public bool MoveNext() => ++index < to;
    }
}
