using Artera.Integration.Mapping.Yaml;
using Hl7.Fhir.Model;
using Hl7.FhirPath.Expressions;
using Expression = Hl7.FhirPath.Expressions.Expression;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>The names that an expression may use: FHIRPath itself finds nothing where a name is misspelled, and says nothing.</summary>
internal static class FhirNames
{
    /// <summary>What the engine names beside the resource.</summary>
    public static readonly IReadOnlyList<string> Variables = ["participant", "location", "practitioner", "device", "service", "minutes"];

    private static readonly string[] Standard = ["resource", "rootResource", "context", "ucum", "sct", "loinc", "this", "index", "total"];

    private static readonly HashSet<string> Elements =
        [.. ModelInfo.ModelInspector.ClassMappings.SelectMany(type => type.PropertyMappings).Select(property => property.Name), "value"];

    private static readonly HashSet<string> Types =
        [.. ModelInfo.ModelInspector.ClassMappings.Select(type => type.Name), "System", "FHIR", "Boolean", "String", "Integer", "Decimal", "Date", "DateTime", "Time", "Quantity"];

    private static readonly string[] Functions =
    [
        "where", "exists", "empty", "not", "all", "any", "first", "last", "tail", "skip", "take", "single", "select", "ofType", "is", "as", "resolve", "extension",
        "startsWith", "endsWith", "contains", "matches", "replace", "replaceMatches", "substring", "indexOf", "lower", "upper", "length", "trim", "split", "join",
        "toString", "toInteger", "toBoolean", "toDate", "toDateTime", "iif", "distinct", "isDistinct", "count", "union", "combine", "intersect", "exclude",
        "hasValue", "getValue", "children", "descendants", "today", "now",
    ];

    public static FhirPathError? Check(Expression expression, IReadOnlyList<string> resources) => expression switch
    {
        ChildExpression child => Check(child.Focus, resources) ?? Element(child, resources),
        FunctionCallExpression call => (call.Focus is null ? null : Check(call.Focus, resources)) ?? Function(call) ?? Arguments(call, resources),
        VariableRefExpression variable => Variable(variable),
        _ => null,
    };

    private static FhirPathError? Arguments(FunctionCallExpression call, IReadOnlyList<string> resources) => call.FunctionName is "ofType" or "is" or "as" or "binary.is" or "binary.as"
        ? null
        : call.Arguments.Select(argument => Check(argument, resources)).FirstOrDefault(error => error is not null);

    private static FhirPathError? Element(ChildExpression child, IReadOnlyList<string> resources)
    {
        var name = child.ChildName;
        if (Elements.Contains(name) || Types.Contains(name))
            return null;
        var near = resources.SelectMany(type => ModelInfo.ModelInspector.FindClassMapping(type)?.PropertyMappings ?? []).Select(property => property.Name)
            .Concat(Elements);
        return new(Column(child), $"no FHIR element is called {name}", Suggestion.For(name, near));
    }

    private static FhirPathError? Function(FunctionCallExpression call) =>
        call is ChildExpression || call.FunctionName.Contains('.', StringComparison.Ordinal) || Known(call.FunctionName)
            ? null
            : new(Column(call), $"FHIRPath has no function {call.FunctionName}", Suggestion.For(call.FunctionName, Functions));

    private static FhirPathError? Variable(VariableRefExpression variable)
    {
        var name = variable.Name;
        return Variables.Contains(name) || Standard.Contains(name.TrimStart('$')) || name.StartsWith("builtin.", StringComparison.Ordinal)
            ? null
            : new(Column(variable), $"there is no %{name}", Suggestion.For(name, Variables) is { } near ? $"%{near}" : null);
    }

    private static bool Known(string function) => Functions.Contains(function) || function is "repeat" or "aggregate" or "trace" or "convertsToString" or "convertsToInteger"
        or "memberOf" or "subsumes" or "toDecimal" or "toQuantity" or "toTime" or "toChars" or "encode" or "decode" or "abs" or "ceiling" or "floor" or "round" or "allTrue" or "anyTrue"
        or "allFalse" or "anyFalse" or "subsetOf" or "supersetOf" or "lowBoundary" or "highBoundary" or "precision" or "timeOfDay" or "conformsTo" or "htmlChecks" or "type" or "comparable";

    private static int Column(Expression expression) => ((expression.Location as FhirPathExpressionLocationInfo)?.RawPosition ?? 0) + 1;
}
