namespace Artera.Integration.Mapping.Hl7;

/// <summary>Reads the notation of <see cref="Hl7Path"/>.</summary>
internal sealed class Hl7PathParser(string text)
{
    private int at;

    public string? Error { get; private set; }

    public int Column { get; private set; }

    private char Here => at < text.Length ? text[at] : '\0';

    public Hl7Path? Path()
    {
        if (Segment() is not { } segment || Selectors(ofSegment: true) is not { } which) return null;
        if (!Expect('-', segment + "-1") || Number("a field number") is not { } field) return null;
        if (Selectors(ofSegment: false) is not { } repetition || Part() is not { } component) return null;
        if (component == 0 || Part() is not { } subcomponent) subcomponent = 0;
        if (Error is not null) return null;
        if (at < text.Length) return Fail<Hl7Path>($"'{Here}' is not expected here");
        return new(segment, which, field, repetition, component, subcomponent);
    }

    private string? Segment()
    {
        var length = 0;
        while (length < text.Length && text[length] is not ('-' or '(' or '.' or '[' or ' ')) length++;
        var name = text[..length].ToUpperInvariant();
        var wellFormed = length == 3 && char.IsAsciiLetter(name[0]) && name.All(c => c is > ' ' and < '\x7F')
            && (name[0] == 'Z' || name.All(char.IsAsciiLetterOrDigit));
        if (!wellFormed) return Fail<string>("a path starts with the three characters of a segment, such as PID-3");
        at = length;
        return name;
    }

    private Hl7Selector[]? Selectors(bool ofSegment)
    {
        List<Hl7Selector> found = [];
        while (Here == '(')
        {
            if (found.Count == Hl7Selector.MostStacked) return Fail<Hl7Selector[]>($"at most {Hl7Selector.MostStacked} selectors");
            at++;
            if (Selector(ofSegment) is not { } selector) return null;
            found.Add(selector);
        }

        return [.. found];
    }

    private Hl7Selector? Selector(bool ofSegment)
    {
        if (Number(ofSegment ? "a field or a count" : "a component or a count") is not { } first) return null;
        if (Here == ')')
        {
            at++;
            return Hl7Selector.Nth(first);
        }

        if (Part() is not { } second) return null;
        var third = 0;
        if (second > 0 && ofSegment && Part() is { } part) third = part;
        var negated = Here == '!';
        if (negated) at++;
        if (Error is not null || !Expect('=', "5=MRN")) return null;
        var end = text.IndexOf(')', at);
        if (end < 0) return Fail<Hl7Selector>("')' is missing");
        Hl7Literal[] allowed = [.. text[at..end].Split('|', StringSplitOptions.TrimEntries).Select(value => new Hl7Literal(value))];
        at = end + 1;
        return (ofSegment ? new Hl7Selector(0, first, second, third, allowed) : new(0, 0, first, second, allowed)) with { Negated = negated };
    }

    private int? Part()
    {
        if (Here != '.') return 0;
        at++;
        return Number("a number after '.'");
    }

    private int? Number(string what)
    {
        var start = at;
        while (char.IsAsciiDigit(Here)) at++;
        if (at - start is > 0 and <= 3 && int.Parse(text.AsSpan(start, at - start), provider: null) is > 0 and var number) return number;
        at = start;
        Fail<object>($"{what} from 1 to 999 is expected");
        return null;
    }

    private bool Expect(char c, string example)
    {
        if (Here == c)
        {
            at++;
            return true;
        }

        Fail<object>($"'{c}' is expected, as in {example}");
        return false;
    }

    private T? Fail<T>(string error)
        where T : class
    {
        Error ??= error;
        if (Column == 0) Column = at + 1;
        return null;
    }
}
