using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>A text to compare with, in both forms.</summary>
internal sealed class Hl7Literal(string text)
{
    public string Text { get; } = text;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);
}

/// <summary>
/// One pair of parentheses of a path: an ordinal, or a place within the field (for a segment: a field and a place
/// within it) and the texts that are allowed there, or with <c>!=</c> are not.
/// </summary>
internal sealed record Hl7Selector(int Ordinal, int Field, int Component, int Subcomponent, Hl7Literal[] Allowed)
{
    public const int MostStacked = 4;

    public static Hl7Selector Nth(int ordinal) => new(ordinal, 0, 0, 0, []);

    /// <summary>True for <c>!=</c>.</summary>
    public bool Negated { get; init; }

    /// <summary>Whether a stack of selectors allows a repetition, given how many each ordinal has let pass.</summary>
    public static bool Allow(Hl7Selector[] stack, in Hl7Value repetition, ref Hl7Counts counts)
    {
        for (var i = 0; i < stack.Length; i++)
        {
            var selector = stack[i];
            if (selector.Ordinal > 0 ? ++counts[i] != selector.Ordinal : !selector.Matches(repetition)) return false;
        }

        return true;
    }

    /// <summary>Whether a stack of selectors allows a segment, given how many each ordinal has let pass.</summary>
    public static bool Allow(Hl7Selector[] stack, in Hl7Segment segment, ref Hl7Counts counts)
    {
        for (var i = 0; i < stack.Length; i++)
        {
            var selector = stack[i];
            if (selector.Ordinal > 0 ? ++counts[i] != selector.Ordinal : !selector.Matches(segment)) return false;
        }

        return true;
    }

    /// <summary>True when the repetition has an allowed text at the selector's place.</summary>
    public bool Matches(in Hl7Value repetition) => Has(repetition) != Negated;

    /// <summary>True when any repetition of the selector's field matches; with <c>!=</c>, when none has one of the texts.</summary>
    public bool Matches(in Hl7Segment segment)
    {
        var any = false;
        foreach (var repetition in segment.Repetitions(Field))
        {
            if (Has(repetition)) return !Negated;
            any = true;
        }

        return any ? Negated : Matches(default(Hl7Value));
    }

    public override string ToString()
    {
        if (Ordinal > 0) return Ordinal.ToString(CultureInfo.InvariantCulture);
        var place = string.Join('.', new[] { Field, Component, Subcomponent }.Where(n => n > 0));
        return $"{place}{(Negated ? "!=" : "=")}{string.Join('|', Allowed.Select(literal => literal.Text))}";
    }

    private bool Has(in Hl7Value repetition)
    {
        var part = Component == 0 ? repetition : repetition.Component(Component);
        if (Subcomponent != 0) part = part.Subcomponent(Subcomponent);
        foreach (var literal in Allowed)
        {
            if (part.Says(literal)) return true;
        }

        return false;
    }
}

/// <summary>How many candidates each ordinal of a stack of selectors has let pass so far.</summary>
[InlineArray(Hl7Selector.MostStacked)]
internal struct Hl7Counts
{
    private int first;
}
