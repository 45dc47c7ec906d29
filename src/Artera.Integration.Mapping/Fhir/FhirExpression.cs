using Hl7.Fhir.FhirPath;
using Hl7.Fhir.Model;
using Hl7.FhirPath;
using Hl7.FhirPath.Expressions;
using Expression = Hl7.FhirPath.Expressions.Expression;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>A FHIRPath, compiled once when its mapping is loaded.</summary>
internal sealed class FhirExpression
{
    private static readonly FhirPathCompiler Compiler = new(new SymbolTable().AddStandardFP().AddFhirExtensions());

    private readonly CompiledExpression compiled;
    private readonly Lazy<CompiledExpression> traced;

    private FhirExpression(string written, Expression parsed)
    {
        Written = written;
        compiled = Compiler.Compile(parsed);
        traced = new(() => Compiler.Compile(parsed, true));
    }

    public string Written { get; }

    /// <summary>Compiles an expression; an element that no resource has, or a function that there is not, is an error too.</summary>
    /// <param name="text">The FHIRPath.</param>
    /// <param name="resources">The resources that it may begin at, for what was probably meant.</param>
    /// <param name="expression">The expression, or null.</param>
    /// <param name="error">What is wrong and where in the text, or null.</param>
    public static bool TryCompile(string text, IReadOnlyList<string> resources, out FhirExpression? expression, out FhirPathError? error)
    {
        expression = null;
        try
        {
            var parsed = Compiler.Parse(text);
            error = FhirNames.Check(parsed, resources);
            if (error is null)
                expression = new(text, parsed);
        }
        catch (FormatException broken)
        {
            error = FhirPathError.Of(broken.Message, text);
        }
        catch (Exception unknown) when (unknown is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            error = new(1, unknown.Message.TrimEnd('.'));
        }

        return expression is not null;
    }

    /// <summary>The nodes that it leads to; null when it cannot be evaluated on this resource.</summary>
    /// <param name="context">Where it begins.</param>
    /// <param name="evaluation">What it may resolve and name.</param>
    /// <param name="seen">Filled with every node that was looked at; null when nobody wants to know.</param>
    public List<PocoNode>? Evaluate(PocoNode context, FhirEvaluationContext evaluation, HashSet<string>? seen)
    {
        try
        {
            if (seen is null)
                return [.. compiled([context], evaluation)];
            evaluation.DebugTracer = new Looks(seen);
            return [.. traced.Value([context], evaluation)];
        }
        catch (Exception unfit) when (FhirJson.IsOdd(unfit))
        {
            return null;
        }
        finally
        {
            evaluation.DebugTracer = null;
        }
    }

    private sealed class Looks(HashSet<string> seen) : IDebugTracer
    {
        public void TraceCall(
            Expression expr, int contextId, IEnumerable<PocoNode>? focus, IEnumerable<PocoNode>? thisValue, PocoNode? index,
            IEnumerable<PocoNode>? totalValue, IEnumerable<PocoNode>? result, IEnumerable<KeyValuePair<string, IEnumerable<PocoNode>>> variables)
        {
            foreach (var node in result ?? [])
            {
                if (node.Poco is PrimitiveType)
                    seen.Add(node.GetLocation());
            }
        }
    }
}
