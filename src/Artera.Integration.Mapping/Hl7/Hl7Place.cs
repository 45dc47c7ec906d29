namespace Artera.Integration.Mapping.Hl7;

/// <summary>Where in the text of a message a value goes: what it replaces, and the delimiters missing before it.</summary>
internal readonly record struct Hl7Place(Hl7Message Message, int Start, int Length, string Padding)
{
    private bool IsNothing => Padding.Length > 0 || Length == 0 || Message.Utf8.Slice(Start, Length).SequenceEqual(Hl7Value.Null);

    /// <summary>A whole field with all its repetitions.</summary>
    public static Hl7Place OfField(Hl7Segment segment, int number)
    {
        var missing = number - segment.FieldCount;
        var end = segment.Span.Start + segment.Span.Length;
        if (missing > 0) return new(segment.Message, end, 0, new(segment.Message.Delimiters.Field, missing));
        var (start, length) = segment.Repetitions(number).Place;
        return new(segment.Message, start, length, string.Empty);
    }

    /// <summary>The nth part between separators. The null <c>""</c> has no parts: one takes its place.</summary>
    /// <exception cref="ArgumentException">The message has no such separator.</exception>
    public Hl7Place Part(char separator, int number)
    {
        if (separator == '\0') return number == 1 ? this : throw new ArgumentException("the message has no separator for this", nameof(separator));
        if (IsNothing) return this with { Padding = Padding + new string(separator, number - 1) };
        var text = Message.Utf8.Slice(Start, Length);
        var at = 0;
        for (var n = 1; n < number; n++)
        {
            var next = text[at..].IndexOf((byte)separator);
            if (next < 0) return new(Message, Start + Length, 0, new(separator, number - n));
            at += next + 1;
        }

        var length = text[at..].IndexOf((byte)separator);
        return new(Message, Start + at, length < 0 ? text.Length - at : length, string.Empty);
    }

    /// <summary>Narrows a repetition down to a component and subcomponent; 0 for all of it.</summary>
    public Hl7Place Within(int component, int subcomponent)
    {
        if (component == 0) return this;
        var part = Part(Message.Delimiters.Component, component);
        return subcomponent == 0 ? part : part.Part(Message.Delimiters.Subcomponent, subcomponent);
    }

    /// <summary>The nth repetition of this field.</summary>
    public Hl7Place Repetition(int number) => Part(Message.Delimiters.Repetition, number);

    /// <summary>How many repetitions this field has; none when it is empty or null.</summary>
    public int Repetitions() =>
        IsNothing ? 0 : 1 + (Message.Delimiters.Repetition == '\0' ? 0 : Message.Utf8.Slice(Start, Length).Count((byte)Message.Delimiters.Repetition));
}
