using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Reading;

/// <summary>The EMR's words for a code, from beside it: which component has them is a matter of the field's data type.</summary>
internal static class CodeNames
{
    private static readonly HashSet<(string Segment, int Field)> People =
    [
        ("AIP", 3), ("PV1", 7), ("PV1", 8), ("PV1", 9), ("PV1", 17), ("PV1", 52), ("SCH", 12), ("SCH", 16), ("SCH", 20),
        ("OBR", 10), ("OBR", 16), ("OBR", 28), ("ORC", 10), ("ORC", 11), ("ORC", 12), ("ORC", 19), ("PD1", 4),
    ];

    private static readonly HashSet<(string Segment, int Field)> Places =
        [("AIL", 3), ("PV1", 3), ("PV1", 6), ("PV1", 11), ("PV1", 42), ("ORC", 13), ("PRD", 4)];

    private static readonly HashSet<(string Segment, int Field)> Names = [("PRD", 2), ("CTD", 2), ("PID", 5)];

    public static string? Of(FieldReader reader, CompiledSource source, in Hl7Value repetition)
    {
        if (source.Expression is not null)
            return reader.Name;
        if (source.Named is { } named)
            return Of(named, reader.Range.Get(named.OfRepetitions()));
        if (source.Path is not { } path)
            return null;
        var field = (path.Segment, path.Field);
        if (People.Contains(field))
            return Person(repetition, given: 3, family: 2);
        if (Places.Contains(field))
            return Text(repetition, 9);
        return path.Component is 0 or 1 or 4 ? Text(repetition, Math.Max(1, path.Component) + 1) : null;
    }

    private static string? Of(Hl7Path named, in Hl7Value repetition)
    {
        if (named.Component == 0 && Names.Contains((named.Segment, named.Field)))
            return Person(repetition, given: 2, family: 1);
        if (named.Component == 0 && People.Contains((named.Segment, named.Field)))
            return Person(repetition, given: 3, family: 2);
        return named.Within(repetition).Text.Trim() is { Length: > 0 } text ? text : null;
    }

    private static string? Person(in Hl7Value repetition, int given, int family)
    {
        var (first, last) = (Text(repetition, given), Text(repetition, family));
        return first is null || last is null ? first ?? last : $"{first} {last}";
    }

    private static string? Text(in Hl7Value repetition, int component) =>
        repetition.Component(component).Text.Trim() is { Length: > 0 } text ? text : null;
}
