using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Artera.Integration.Mapping.Hl7;

/// <summary>
/// A place in a message in the notation of interface specifications, compiled once: <c>SCH-25.1</c>,
/// <c>PID-3(5=MRN).1</c> (the repetition whose 5th component is MRN), <c>PID-13(2).1</c> (the second repetition),
/// <c>AIG(4=ROOM)-3.1</c> (the segment whose field 4 is ROOM), <c>OBX(2)-5</c> (the second segment).
/// Selectors may be stacked, name a subcomponent (<c>4.1=HOSP</c>), list alternatives (<c>5=MRN|MR</c>) and exclude
/// (<c>AIP(2!=D)-3</c>: the first that is not deleted).
/// </summary>
public sealed class Hl7Path : IEquatable<Hl7Path>
{
    private string? canonical;

    internal Hl7Path(string segment, Hl7Selector[] which, int field, Hl7Selector[] repetition, int component, int subcomponent)
    {
        (Segment, Field, Component, Subcomponent) = (segment, field, component, subcomponent);
        (Which, Repetition) = (which, repetition);
        Key = SegmentSpan.KeyOf(segment);
    }

    /// <summary>The name of the segment.</summary>
    public string Segment { get; }

    /// <summary>The field, from 1.</summary>
    public int Field { get; }

    /// <summary>The component, from 1; 0 when the path names none.</summary>
    public int Component { get; }

    /// <summary>The subcomponent, from 1; 0 when the path names none.</summary>
    public int Subcomponent { get; }

    internal uint Key { get; }

    internal Hl7Selector[] Which { get; }

    internal Hl7Selector[] Repetition { get; }

    /// <summary>Reads a path.</summary>
    /// <param name="text">The notation.</param>
    /// <param name="path">The path when it is well-formed.</param>
    /// <param name="error">One line that says what was expected; null when well-formed.</param>
    /// <param name="errorColumn">Where in <paramref name="text"/>, from 1; 0 when well-formed.</param>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out Hl7Path? path, [NotNullWhen(false)] out string? error, out int errorColumn)
    {
        var parser = new Hl7PathParser(text ?? string.Empty);
        path = parser.Path();
        error = path is null ? parser.Error ?? "not a path" : null;
        errorColumn = path is null ? parser.Column : 0;
        return path is not null;
    }

    /// <summary>Reads a path that is known to be well-formed.</summary>
    /// <param name="text">The notation.</param>
    /// <exception cref="FormatException">It is not.</exception>
    public static Hl7Path Parse(string text) =>
        TryParse(text, out var path, out var error, out var column) ? path : throw new FormatException($"{text}:{column}: {error}");

    /// <summary>The notation in its canonical form.</summary>
    public override string ToString() => canonical ??= Write();

    /// <inheritdoc/>
    public bool Equals(Hl7Path? other) => other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Hl7Path);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>Narrows a repetition down to the component and subcomponent named.</summary>
    internal Hl7Value Within(in Hl7Value repetition)
    {
        if (Component == 0) return repetition;
        var component = repetition.Component(Component);
        return Subcomponent == 0 ? component : component.Subcomponent(Subcomponent);
    }

    /// <summary>What the path leads to in a segment, once its selectors of segments are satisfied.</summary>
    internal Hl7Value In(Hl7Segment segment)
    {
        var field = segment.Repetitions(Field);
        return Within(Repetition.Length == 0 ? field.First : field.FirstAllowed(Repetition));
    }

    private string Write()
    {
        var text = new StringBuilder(Segment);
        foreach (var selector in Which) text.Append('(').Append(selector).Append(')');
        text.Append('-').Append(Field.ToString(CultureInfo.InvariantCulture));
        foreach (var selector in Repetition) text.Append('(').Append(selector).Append(')');
        if (Component > 0) text.Append('.').Append(Component.ToString(CultureInfo.InvariantCulture));
        if (Subcomponent > 0) text.Append('.').Append(Subcomponent.ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
