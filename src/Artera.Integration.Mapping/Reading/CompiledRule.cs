using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Reading;

/// <summary>A rule with its paths taken apart and its tables looked up, once a mapping.</summary>
internal sealed record CompiledRule(MappingField Field, CompiledSource[] Sources)
{
    /// <summary>The paths as the mapping writes them, for a person who looks for the value that is missing.</summary>
    public string Written { get; } = string.Join(", ", Sources.Select(source => source.Written));

    public static CompiledRule Compile(FieldRule rule, IReadOnlyDictionary<string, CodeTable> tables) =>
        new(rule.Field, [.. rule.Sources.Select(source => CompiledSource.Compile(source, rule.Field.Kind, tables))]);
}

internal sealed record CompiledSource
{
    public required string Written { get; init; }

    public string? Constant { get; init; }

    /// <summary>Where the value is, narrowed to its component.</summary>
    public Hl7Path? Path { get; init; }

    /// <summary>The repetitions that the value is a part of: what stands beside it may be read with it.</summary>
    public Hl7Path? Repetitions { get; init; }

    /// <summary>As <see cref="Repetitions"/>, without the resources that the message takes away (AIS-2, AIG-2, AIL-2, AIP-2 = D).</summary>
    public Hl7Path? Standing { get; init; }

    public CodeTable? Table { get; init; }

    /// <summary>Where the EMR's words for a code are, when the mapping says so.</summary>
    public Hl7Path? Named { get; init; }

    /// <summary>Where the value is in a FHIR resource.</summary>
    public FhirExpression? Expression { get; init; }

    /// <summary>Where the EMR's words for a code are in a FHIR resource.</summary>
    public FhirExpression? NamedExpression { get; init; }

    /// <summary>Where the unit of a duration is.</summary>
    public Hl7Path? Unit { get; init; }

    public static CompiledSource Compile(ValueSource source, ValueKind kind, IReadOnlyDictionary<string, CodeTable> tables) => new()
    {
        Written = source.Written,
        Constant = source.Constant,
        Path = source.Path,
        Repetitions = source.Path?.OfRepetitions(),
        Standing = source.Path is { Segment: "AIS" or "AIG" or "AIL" or "AIP" } resource ? resource.OfRepetitions().NotDeleted() : source.Path?.OfRepetitions(),
        Table = source.Table is null ? null : tables[source.Table],
        Named = source.Named,
        Expression = source.Expression,
        NamedExpression = source.NamedExpression,
        Unit = kind == ValueKind.Minutes && source.Path is { } path && UnitBeside(path) is { } unit ? path.Beside(unit) : null,
    };

    /// <summary>Every place that the source looks at, so that what no rule reads can be told.</summary>
    public IEnumerable<Hl7Path> Reads => new[] { Path, Named, Unit }.OfType<Hl7Path>();

    private static int? UnitBeside(Hl7Path path) => (path.Segment, path.Field) switch
    {
        ("SCH", 9) => 10,
        ("AIS", 7) => 8,
        ("AIG", 11) => 12,
        ("AIL" or "AIP", 9) => 10,
        _ => null,
    };
}
