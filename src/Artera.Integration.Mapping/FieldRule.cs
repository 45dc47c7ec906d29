using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Mapping.Yaml;

namespace Artera.Integration.Mapping;

/// <summary>Where a field comes from: the first source that has a value.</summary>
internal sealed record FieldRule(MappingField Field, IReadOnlyList<ValueSource> Sources);

/// <summary>One source of a value as the mapping file writes it.</summary>
internal sealed record ValueSource
{
    /// <summary>The source without its table, as written.</summary>
    public required string Written { get; init; }

    /// <summary>Where the value is, unless the mapping gives it itself.</summary>
    public Hl7Path? Path { get; init; }

    /// <summary>Where the value is in a FHIR resource.</summary>
    public FhirExpression? Expression { get; init; }

    /// <summary>The value that the mapping gives itself (<c>= TEXT</c>).</summary>
    public string? Constant { get; init; }

    /// <summary>Where the EMR's words for the code are (<c>named PATH</c>).</summary>
    public Hl7Path? Named { get; init; }

    /// <summary>Where the EMR's words for the code are in a FHIR resource.</summary>
    public FhirExpression? NamedExpression { get; init; }

    /// <summary>The table that the value goes through (<c>via TABLE</c>).</summary>
    public string? Table { get; init; }

    /// <summary>Where in the mapping file.</summary>
    public required YamlPlace Place { get; init; }
}
