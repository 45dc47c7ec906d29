using System.Text;

namespace Artera.Integration.Mapping.Hl7;

internal enum Hl7Level : byte { Repetition, Component, Subcomponent, Literal }

/// <summary>
/// What a message says at one place: nothing, the null <c>""</c>, or a value (HL7 v2 chapter 2 §2.5.3). A repetition
/// or component that has parts reads as its first part, so that a field reads the same before and after a version
/// gave it components (§2.8); <see cref="Whole"/> gives all of it.
/// </summary>
public readonly struct Hl7Value
{
    private readonly Hl7Message? message;
    private readonly int start;
    private readonly int length;
    private readonly Hl7Level level;
    private readonly bool erased;

    internal Hl7Value(Hl7Message? message, int start, int length, Hl7Level level, bool erased = false)
    {
        this.message = message;
        this.start = start;
        this.length = length;
        this.level = level;
        this.erased = erased;
    }

    /// <summary>True when the message says nothing here: keep what is known.</summary>
    public bool IsAbsent => !IsNull && !HasValue;

    /// <summary>True when the message says <c>""</c> here or for the whole that this is part of: remove what is known.</summary>
    public bool IsNull => erased || Leaf.SequenceEqual(Null);

    /// <summary>True when there is text; escape sequences that stand for none are no text.</summary>
    public bool HasValue
    {
        get
        {
            var leaf = Leaf;
            if (leaf.IsEmpty || erased || leaf.SequenceEqual(Null)) return false;
            return leaf[0] != message!.Delimiters.Escape || Text.Length > 0;
        }
    }

    /// <summary>True when nothing at all stands here, in no part of it.</summary>
    public bool IsEmpty => length == 0;

    /// <summary>The text of the first part, escapes resolved, blanks kept; empty when absent or null.</summary>
    public string Text
    {
        get
        {
            var leaf = Leaf;
            if (leaf.IsEmpty || erased || leaf.SequenceEqual(Null)) return string.Empty;
            return level == Hl7Level.Literal ? Encoding.UTF8.GetString(leaf) : Hl7Escapes.Unescape(leaf, message!.Delimiters, message.Charset);
        }
    }

    /// <summary>The text of all parts with the delimiters between them, escapes resolved; for free text that carries delimiters unescaped.</summary>
    public string Whole => IsNull || IsEmpty ? string.Empty
        : level == Hl7Level.Literal ? Encoding.UTF8.GetString(Raw)
        : Hl7Escapes.Unescape(Raw, message!.Delimiters, message.Charset);

    /// <summary>All parts as sent, in UTF-8.</summary>
    public ReadOnlySpan<byte> Raw => message is null ? default : message.Utf8.Slice(start, length);

    internal static ReadOnlySpan<byte> Null => "\"\""u8;

    internal (int Start, int Length) Place => (start, length);

    private ReadOnlySpan<byte> Leaf
    {
        get
        {
            if (length == 0) return default;
            var span = message!.Utf8.Slice(start, length);
            if (level == Hl7Level.Literal) return span;
            var delimiters = message.Delimiters;
            if (level == Hl7Level.Repetition) span = First(span, delimiters.Component);
            return level == Hl7Level.Subcomponent ? span : First(span, delimiters.Subcomponent);
        }
    }

    /// <summary>A component of a repetition.</summary>
    /// <param name="number">From 1.</param>
    /// <returns>The value; null when the whole is null, absent when it is shorter.</returns>
    public Hl7Value Component(int number) => level switch
    {
        Hl7Level.Repetition => Part(number, message?.Delimiters.Component ?? '\0', Hl7Level.Component),
        _ => number == 1 ? this : default,
    };

    /// <summary>A subcomponent of a component, or of the first component of a repetition.</summary>
    /// <param name="number">From 1.</param>
    /// <returns>The value; null when the whole is null, absent when it is shorter.</returns>
    public Hl7Value Subcomponent(int number) => level switch
    {
        _ when length == 0 => default,
        Hl7Level.Repetition => Component(1).Subcomponent(number),
        Hl7Level.Component => Part(number, message?.Delimiters.Subcomponent ?? '\0', Hl7Level.Subcomponent),
        _ => number == 1 ? this : default,
    };

    /// <summary><see cref="Text"/>.</summary>
    public override string ToString() => Text;

    /// <summary>True when the leaf says <paramref name="expected"/>, whatever the case and the blanks around it.</summary>
    internal bool Says(Hl7Literal expected)
    {
        var leaf = IsNull ? default : Leaf.Trim((byte)' ');
        if (Ascii.IsValid(leaf) && !leaf.Contains((byte)(message?.Delimiters.Escape ?? '\0')))
            return Ascii.EqualsIgnoreCase(leaf, expected.Utf8);
        return string.Equals(Text.Trim(), expected.Text, StringComparison.OrdinalIgnoreCase);
    }

    private Hl7Value Part(int number, char separator, Hl7Level partLevel)
    {
        if (length == 0) return default;
        var raw = Raw;
        if (erased || raw.SequenceEqual(Null)) return new(message, start, length, partLevel, erased: true);
        if (separator == '\0') return number == 1 ? new(message, start, length, partLevel) : default;
        var at = Delimited.StartOf(raw, (byte)separator, number - 1);
        return at < 0 ? default : new(message, start + at, Delimited.LengthOf(raw[at..], (byte)separator), partLevel);
    }

    private static ReadOnlySpan<byte> First(ReadOnlySpan<byte> span, char separator) =>
        separator == '\0' ? span : span[..Delimited.LengthOf(span, (byte)separator)];
}
