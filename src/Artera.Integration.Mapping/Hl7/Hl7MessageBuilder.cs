using System.Text;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>
/// Writes messages: a copy of one with some places changed and every other byte as it was, or a new one. Values are
/// escaped (HL7 v2 chapter 2 §2.7) and encoded as the message is; what a path needs and the message lacks is added.
/// </summary>
public sealed class Hl7MessageBuilder
{
    private readonly Encoding encoding;
    private Hl7Message message;

    private Hl7MessageBuilder(Hl7Message message)
    {
        this.message = message;
        encoding = Hl7Charset.ForWriting(message);
    }

    /// <summary>The message as it stands now.</summary>
    public Hl7Message Message => message;

    /// <summary>Begins with a copy of a message.</summary>
    /// <param name="message">The message; it is not changed.</param>
    public static Hl7MessageBuilder Edit(Hl7Message message) => new(message);

    /// <summary>Begins a new message, which consists of MSH-1 and MSH-2 (and MSH-18 when <paramref name="charset"/> is given).</summary>
    /// <param name="delimiters">The delimiters; the usual ones by default.</param>
    /// <param name="charset">MSH-18, table 0211, such as <c>UNICODE UTF-8</c> or <c>8859/1</c>; UTF-8 without a label by default.</param>
    public static Hl7MessageBuilder New(Hl7Delimiters? delimiters = null, string? charset = null)
    {
        var chosen = delimiters ?? Hl7Delimiters.Standard;
        var header = $"MSH{chosen.Field}{chosen.EncodingCharacters}\r";
        if (charset is not null) header = $"MSH{chosen.Field}{chosen.EncodingCharacters}{new string(chosen.Field, 16)}{Hl7Escapes.Escape(charset, chosen)}\r";
        return Hl7Message.TryRead(Encoding.ASCII.GetBytes(header), out _) is { } begun && begun.Delimiters == chosen
            ? new(begun)
            : throw new ArgumentException("the delimiters cannot be used", nameof(delimiters));
    }

    /// <summary>Sets a value. A path without a component replaces the repetition with all its components.</summary>
    /// <param name="path">Where. Without selectors the first segment and repetition; selectors that nothing matches add what they describe.</param>
    /// <param name="value">The text; empty leaves the place empty, which says nothing to the receiver.</param>
    /// <exception cref="ArgumentException">The path is MSH-1 or MSH-2, or its selectors contradict each other.</exception>
    public Hl7MessageBuilder Set(Hl7Path path, string value) => SetRaw(path, Hl7Escapes.Escape(value, message.Delimiters));

    /// <inheritdoc cref="Set(Hl7Path, string)"/>
    public Hl7MessageBuilder Set(string path, string value) => Set(Hl7Path.Parse(path), value);

    /// <summary>Sets the null <c>""</c>: the receiver removes what it has (§2.5.3).</summary>
    /// <param name="path">Where.</param>
    public Hl7MessageBuilder Erase(Hl7Path path) => SetRaw(path, "\"\"");

    /// <summary>Sets a value that is in the message's own notation already: delimiters in it separate, escapes in it are escapes.</summary>
    /// <param name="path">Where.</param>
    /// <param name="raw">The notation; line ends in it end the segment.</param>
    /// <exception cref="ArgumentException">The path is MSH-1 or MSH-2, or its selectors contradict each other.</exception>
    public Hl7MessageBuilder SetRaw(Hl7Path path, string raw)
    {
        if (path is { Segment: "MSH" or "FHS" or "BHS", Field: < 3 }) throw new ArgumentException($"{path} is what the message is written with", nameof(path));
        var segment = FindOrAddSegment(path);
        Write(FindOrAddRepetition(segment, path).Within(path.Component, path.Subcomponent), raw);
        return this;
    }

    /// <summary>Adds an empty segment.</summary>
    /// <param name="name">Three characters.</param>
    /// <param name="after">The segment it shall follow, such as the one a note is about; the last one by default.</param>
    public Hl7MessageBuilder Add(string name, Hl7Segment? after = null)
    {
        var previous = message.Spans[after?.Index ?? message.Spans.Length - 1];
        Replace(previous.Start + previous.Length, 0, LineEnd + name);
        return this;
    }

    /// <summary>Removes a segment and its line end.</summary>
    /// <param name="segment">A segment of <see cref="Message"/>; not the first.</param>
    public Hl7MessageBuilder Remove(Hl7Segment segment)
    {
        ArgumentOutOfRangeException.ThrowIfZero(segment.Index, nameof(segment));
        var span = message.Spans[segment.Index];
        var rest = message.Utf8[(span.Start + span.Length)..];
        var lineEnd = rest.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        Replace(span.Start, span.Length + (lineEnd < 0 ? rest.Length : lineEnd), string.Empty);
        return this;
    }

    /// <summary>The message as it stands now.</summary>
    public byte[] ToArray() => message.Raw.ToArray();

    // The last segment may lack its line end, so the sender's way is looked up at the first.
    private string LineEnd
    {
        get
        {
            var first = message.Spans[0];
            var rest = message.Utf8[(first.Start + first.Length)..];
            return rest.StartsWith("\r\n"u8) ? "\r\n" : rest.StartsWith("\n"u8) ? "\n" : "\r";
        }
    }

    private int FindOrAddSegment(Hl7Path path)
    {
        var most = 1 + path.Which.Sum(selector => selector.Ordinal);
        for (var added = 0; added <= most; added++)
        {
            if (message.Whole.Find(path) is >= 0 and var found) return found;
            Add(path.Segment);
            var last = Hl7Selector.Nth(CountOf(path.Key));
            foreach (var filter in path.Which.Where(selector => selector is { Ordinal: 0, Negated: false }))
                Set(new Hl7Path(path.Segment, [last], filter.Field, [], filter.Component, filter.Subcomponent), filter.Allowed[0].Text);
        }

        throw Contradiction(path);
    }

    private Hl7Place FindOrAddRepetition(int segment, Hl7Path path)
    {
        if (path.Repetition.Length == 0) return Field().Repetition(1);
        if (path.Repetition.All(selector => selector.Ordinal > 0)) return Field().Repetition(path.Repetition.Max(selector => selector.Ordinal));
        var most = 1 + path.Repetition.Sum(selector => selector.Ordinal);
        for (var added = 0; added <= most; added++)
        {
            var found = new Hl7Segment(message, segment).Repetitions(path.Field).FirstAllowed(path.Repetition);
            if (!found.IsEmpty && !found.IsNull) return new(message, found.Place.Start, found.Place.Length, string.Empty);
            var next = Field().Repetitions() + 1;
            var filters = path.Repetition.Where(selector => selector is { Ordinal: 0, Negated: false });
            if (!filters.Any()) return Field().Repetition(next);
            foreach (var filter in filters)
                Write(Field().Repetition(next).Within(filter.Component, filter.Subcomponent), Hl7Escapes.Escape(filter.Allowed[0].Text, message.Delimiters));
        }

        throw Contradiction(path);

        Hl7Place Field() => Hl7Place.OfField(new(message, segment), path.Field);
    }

    private int CountOf(uint key)
    {
        var count = 0;
        foreach (var span in message.Spans) count += span.Key == key ? 1 : 0;
        return count;
    }

    private void Write(Hl7Place place, string text) => Replace(place.Start, place.Length, place.Padding + text);

    private void Replace(int start, int length, string with)
    {
        var raw = message.Raw.Span;
        var text = message.Text;
        byte[] changed = [.. raw[..text.Origin(start)], .. encoding.GetBytes(with), .. raw[text.Origin(start + length)..]];
        message = Hl7Message.TryRead(changed, out _, message.Charset)!;
    }

    private static ArgumentException Contradiction(Hl7Path path) => new($"nothing can match {path}", nameof(path));
}
