namespace Artera.Integration.Mapping.Hl7;

/// <summary>The repetitions of one field of one segment (HL7 v2 chapter 2 §2.5.3). A field that is absent has none.</summary>
public readonly struct Hl7Repetitions
{
    private readonly Hl7Message? message;
    private readonly int start;
    private readonly int length;
    private readonly bool literal;

    internal Hl7Repetitions(Hl7Message message, int start, int length)
    {
        this.message = message;
        this.start = start;
        this.length = length;
    }

    private Hl7Repetitions(Hl7Message message, int start, int length, bool literal)
        : this(message, start, length) => this.literal = literal;

    /// <summary>The field as sent, all repetitions, in UTF-8.</summary>
    public ReadOnlySpan<byte> Raw => message is null ? default : message.Utf8.Slice(start, length);

    /// <summary>The first repetition; absent when there is none.</summary>
    public Hl7Value First
    {
        get
        {
            if (length == 0) return default;
            if (literal) return new(message, start, length, Hl7Level.Literal);
            var separator = (byte)message!.Delimiters.Repetition;
            return new(message, start, separator == 0 ? length : Delimited.LengthOf(Raw, separator), Hl7Level.Repetition);
        }
    }

    /// <summary>True when the field says nothing but <c>""</c>, in whichever components or repetitions.</summary>
    internal bool IsOnlyNulls
    {
        get
        {
            var raw = Raw;
            if (literal || raw.IndexOf(Hl7Value.Null) < 0) return false;
            var delimiters = message!.Delimiters;
            foreach (var b in raw)
            {
                if (b != '"' && b != delimiters.Component && b != delimiters.Repetition && b != delimiters.Subcomponent) return false;
            }

            return true;
        }
    }

    internal (int Start, int Length) Place => (start, length);

    /// <summary>The first repetition that selectors allow; the null of a field that is erased as a whole, for it erases whatever they would pick.</summary>
    internal Hl7Value FirstAllowed(Hl7Selector[] selectors)
    {
        Hl7Counts counts = default;
        foreach (var repetition in this)
        {
            if (Hl7Selector.Allow(selectors, repetition, ref counts)) return repetition;
        }

        return IsOnlyNulls ? NullHere : default;
    }

    internal Hl7Value NullHere => new(message, start, length, Hl7Level.Repetition, erased: true);

    /// <summary>Walks over the repetitions.</summary>
    public Enumerator GetEnumerator() => new(message, start, length, literal);

    internal static Hl7Repetitions Literal(Hl7Message message, (int Start, int Length) span) =>
        span.Length == 0 ? default : new(message, span.Start, span.Length, literal: true);

    /// <summary>Walks over repetitions without allocating.</summary>
    public struct Enumerator
    {
        private readonly Hl7Message? message;
        private readonly int end;
        private readonly bool literal;
        private int next;

        internal Enumerator(Hl7Message? message, int start, int length, bool literal)
        {
            this.message = message;
            this.literal = literal;
            next = length == 0 ? -1 : start;
            end = start + length;
        }

        /// <summary>The repetition reached.</summary>
        public Hl7Value Current { get; private set; }

        /// <summary>Goes on to the next repetition.</summary>
        public bool MoveNext()
        {
            if (message is null || next < 0) return false;
            var rest = message.Utf8[next..end];
            var separator = (byte)message.Delimiters.Repetition;
            var length = literal || separator == 0 ? -1 : rest.IndexOf(separator);
            Current = new(message, next, length < 0 ? rest.Length : length, literal ? Hl7Level.Literal : Hl7Level.Repetition);
            next = length < 0 ? -1 : next + length + 1;
            return true;
        }
    }
}
