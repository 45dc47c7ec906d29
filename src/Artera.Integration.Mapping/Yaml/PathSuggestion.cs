using System.Text.RegularExpressions;
using Artera.Integration.Mapping.Hl7;

namespace Artera.Integration.Mapping.Yaml;

/// <summary>The path that somebody meant who wrote it another way: <c>SCH.25.1</c>, <c>sch-25-1</c>, <c>SCH25.1</c>, <c>PID-3[5=MR].1</c>.</summary>
internal static partial class PathSuggestion
{
    public static string? For(string written)
    {
        var plain = written.ToUpperInvariant().Replace('[', '(').Replace(']', ')').Replace('_', '-');
        var parts = Parts().Match(plain);
        if (!parts.Success)
            return null;
        var tail = parts.Groups["tail"].Value.Replace('-', '.');
        var meant = $"{parts.Groups["segment"].Value}-{parts.Groups["field"].Value}{parts.Groups["select"].Value}{tail}";
        return meant != written && Hl7Path.TryParse(meant, out _, out _, out _) ? meant : null;
    }

    [GeneratedRegex(@"^(?<segment>[A-Z][A-Z0-9]{2})[-.: ]?(?<field>\d{1,3})(?<select>\([^)]*\))?(?<tail>([-.]\d{1,3}){0,2})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Parts();
}
