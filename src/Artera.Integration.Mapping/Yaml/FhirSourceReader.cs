using Artera.Integration.Mapping.Fhir;

namespace Artera.Integration.Mapping.Yaml;

/// <summary>Reads <c>FHIRPATH [named FHIRPATH] [via TABLE]</c> and <c>= TEXT</c>.</summary>
internal sealed class FhirSourceReader(MappingErrors errors)
{
    private const string Shape = "write FHIRPATH, FHIRPATH via TABLE, FHIRPATH named FHIRPATH, or = TEXT";

    private static readonly string[] Focuses = ["Appointment", "ServiceRequest", "Task", "Patient"];

    public ValueSource? Read(YamlText text, MappingField field)
    {
        var written = text.Value.Trim();
        if (written.StartsWith('='))
        {
            if (written.Length > 1)
                return new() { Written = written, Constant = written[1..].Trim(), Place = text.Place };
            errors.Add(text.Place, Shape);
            return null;
        }

        var (path, table) = Cut(written, " via ");
        (path, var named) = Cut(path, " named ");
        if (path.Length == 0 || table?.Contains(' ', StringComparison.Ordinal) == true)
        {
            errors.Add(text.Place, Shape);
            return null;
        }

        var resources = field.Section switch
        {
            "patient" or "contact" => ["Patient"],
            "appointment" => ["Appointment"],
            _ => Focuses,
        };
        return new()
        {
            Written = path,
            Expression = Expression(text, path, resources),
            NamedExpression = named is null ? null : Expression(text, named, resources),
            Table = table,
            Place = table is null ? text.Place : Place(text, text.Value.LastIndexOf(table, StringComparison.Ordinal)),
        };
    }

    /// <summary>A path alone; an error at its column when it is none.</summary>
    public FhirExpression? Expression(YamlText text, string path, IReadOnlyList<string>? resources = null)
    {
        if (FhirExpression.TryCompile(path, resources ?? Focuses, out var expression, out var error))
            return expression;
        var at = Math.Max(0, text.Value.IndexOf(path, StringComparison.Ordinal)) + error!.Column - 1;
        errors.Add(Place(text, at), $"{path} is not a FHIRPath: {error.Message}", error.Suggestion);
        return null;
    }

    /// <summary>The last part that a word begins, outside of quoted text.</summary>
    private static (string Before, string? After) Cut(string text, string word)
    {
        var at = text.LastIndexOf(word, StringComparison.Ordinal);
        while (at > 0 && text.AsSpan(0, at).Count('\'') % 2 == 1)
            at = text.LastIndexOf(word, at - 1, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at].TrimEnd(), text[(at + word.Length)..].Trim());
    }

    private static YamlPlace Place(YamlText text, int at) => text.Place.Right(Math.Max(0, at) + (text.Plain ? 0 : 1));
}
