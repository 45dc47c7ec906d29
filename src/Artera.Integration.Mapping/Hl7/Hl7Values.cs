namespace Artera.Integration.Mapping.Hl7;

/// <summary>Every value that a path leads to in a range.</summary>
public readonly struct Hl7Values
{
    private readonly Hl7Range range;
    private readonly Hl7Path path;

    internal Hl7Values(in Hl7Range range, Hl7Path path) => (this.range, this.path) = (range, path);

    /// <summary>Walks over the values.</summary>
    public Enumerator GetEnumerator() => new(range, path);

    /// <summary>Walks over values without allocating.</summary>
    public struct Enumerator
    {
        private readonly Hl7Range range;
        private readonly Hl7Path path;
        private readonly int zone;
        private int index = -1;
        private bool inField;
        private bool any;
        private Hl7Repetitions field;
        private Hl7Repetitions.Enumerator repetitions;
        private Hl7Counts segmentCounts;
        private Hl7Counts repetitionCounts;

        internal Enumerator(in Hl7Range range, Hl7Path path)
        {
            this.range = range;
            this.path = path;
            zone = range.Zone(path.Key);
        }

        /// <summary>The value reached, narrowed to the path's component.</summary>
        public Hl7Value Current { get; private set; }

        /// <summary>Goes on to the next value.</summary>
        public bool MoveNext()
        {
            while (true)
            {
                if (!inField && !NextSegment()) return false;
                if (NextRepetition()) return true;
                inField = false;
            }
        }

        private bool NextSegment()
        {
            while ((index = range.Next(path.Key, zone, index)) >= 0)
            {
                var segment = new Hl7Segment(range.Message, index);
                if (!Hl7Selector.Allow(path.Which, segment, ref segmentCounts)) continue;
                field = segment.Repetitions(path.Field);
                repetitions = field.GetEnumerator();
                repetitionCounts = default;
                (any, inField) = (false, true);
                return true;
            }

            index = range.Message.Spans.Length;
            return false;
        }

        private bool NextRepetition()
        {
            while (repetitions.MoveNext())
            {
                var repetition = repetitions.Current;
                if (!Hl7Selector.Allow(path.Repetition, repetition, ref repetitionCounts)) continue;
                any = true;
                Current = path.Within(repetition);
                return true;
            }

            // A field that is erased as a whole erases whatever a selector would have picked from it.
            if (any || !field.IsOnlyNulls) return false;
            any = true;
            Current = path.Within(field.NullHere);
            return true;
        }
    }
}
