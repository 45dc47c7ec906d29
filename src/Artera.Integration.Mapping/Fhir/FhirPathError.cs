using System.Globalization;
using System.Text.RegularExpressions;

namespace Artera.Integration.Mapping.Fhir;

/// <summary>What is wrong with a FHIRPath.</summary>
/// <param name="Column">Where in its text, from 1.</param>
/// <param name="Message">What is wrong there.</param>
/// <param name="Suggestion">What was probably meant.</param>
internal sealed partial record FhirPathError(int Column, string Message, string? Suggestion = null)
{
    /// <summary>What the compiler's own words say, without its first ones.</summary>
    public static FhirPathError Of(string message, string text)
    {
        var said = Said().Match(message);
        if (!said.Success)
            return new(1, "it cannot be read");
        var column = int.Parse(said.Groups["column"].ValueSpan, CultureInfo.InvariantCulture);
        return Unclosed(text) is { } open ? new(open + 1, "')' is missing") : new(column, said.Groups["what"].Value.TrimEnd(';', ' '));
    }

    private static int? Unclosed(string text)
    {
        var open = new Stack<int>();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\'' && (at == 0 || text[at - 1] != '\\'))
                quoted = !quoted;
            else if (!quoted && text[at] == '(')
                open.Push(at);
            else if (!quoted && text[at] == ')')
                open.TryPop(out _);
        }

        return open.TryPop(out var last) ? last : null;
    }

    [GeneratedRegex(@"Parsing failure: (?<what>.*?) \(Line \d+, Column (?<column>\d+)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Said();
}
