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

        /// <summary>The value in the first segment that the selectors allow, even if that is nothing.</summary>
        internal Hl7Value First() => NextSegment() && NextRepetition() ? Current : default;

        /// <summary>The index of the first segment that the selectors allow.</summary>
        internal int? FindSegment() => NextSegment() ? index : null;

        /// <summary>Where in one segment the first repetition is that the selectors allow.</summary>
        internal (int Start, int Length)? FindRepetition(int segment)
        {
            Open(segment);
            while (repetitions.MoveNext())
            {
                var repetition = repetitions.Current;
                if (IsAllowed(repetition)) return repetition.Place;
            }

            return null;
        }

        private bool NextSegment()
        {
            while ((index = range.Next(path.Key, zone, index)) >= 0)
            {
                var segment = new Hl7Segment(range.Message, index);
                if (!IsAllowed(segment)) continue;
                Open(index);
                return true;
            }

            index = range.Message.Spans.Length;
            return false;
        }

        private void Open(int segment)
        {
            field = new Hl7Segment(range.Message, segment).Repetitions(path.Field);
            repetitions = field.GetEnumerator();
            repetitionCounts = default;
            (any, inField) = (false, true);
        }

        private bool NextRepetition()
        {
            while (repetitions.MoveNext())
            {
                var repetition = repetitions.Current;
                if (!IsAllowed(repetition)) continue;
                any = true;
                Current = path.Within(repetition);
                return true;
            }

            // A field that is erased as a whole erases whatever a selector would have picked from it.
            if (any || !field.IsOnlyNulls) return false;
            any = true;
            Current = field.NullHere;
            return true;
        }

        private bool IsAllowed(in Hl7Segment segment)
        {
            for (var i = 0; i < path.Which.Length; i++)
            {
                var selector = path.Which[i];
                if (selector.Ordinal > 0 ? ++segmentCounts[i] != selector.Ordinal : !selector.Matches(segment)) return false;
            }

            return true;
        }

        private bool IsAllowed(in Hl7Value repetition)
        {
            for (var i = 0; i < path.Repetition.Length; i++)
            {
                var selector = path.Repetition[i];
                if (selector.Ordinal > 0 ? ++repetitionCounts[i] != selector.Ordinal : !selector.Matches(repetition)) return false;
            }

            return true;
        }
    }
}
