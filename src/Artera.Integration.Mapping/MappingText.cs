using System.Diagnostics.CodeAnalysis;
using Artera.Integration.Mapping.Yaml;

namespace Artera.Integration.Mapping;

/// <summary>Changes a mapping's text as a person would: every other character stays, comments and layout too.</summary>
public static class MappingText
{
    /// <summary>Writes one more code into a table.</summary>
    /// <param name="yaml">The text of a mapping file.</param>
    /// <param name="name">How errors name the file.</param>
    /// <param name="table">The table, as <see cref="Cause.Table"/> names it.</param>
    /// <param name="code">The EMR's code, as <see cref="Cause.Value"/> gives it.</param>
    /// <param name="meaning">A word that the table's field knows; null when the code says nothing.</param>
    /// <param name="changed">The text with the code; the same text when it says so already.</param>
    /// <param name="error">Why it is not written, else null.</param>
    /// <returns>True when the text is a mapping without an error that says what was asked for.</returns>
    public static bool TryAddCode(
        string yaml, string name, string table, string code, string? meaning, [NotNullWhen(true)] out string? changed, [NotNullWhen(false)] out string? error)
    {
        changed = null;
        if (!MappingFile.TryParse(yaml, name, out var file, out var errors))
        {
            error = errors[0].ToString();
            return false;
        }

        if (!file.TryAddCode(table, code, meaning, out _, out error))
            return false;

        if (file.Tables[table].TryGet(code, out var known))
        {
            changed = known == meaning ? yaml : null;
            error = known == meaning ? null : $"the table {table} says already that {code} is {known ?? "to be left out"}";
        }
        else if (TableEdit.TryAdd(yaml, table, code, meaning, out var edited) && Says(edited, name, table, code, meaning))
        {
            changed = edited;
        }
        else
        {
            error = $"the table {table} is laid out in a way that only a person can add to: write the code into {name}";
        }

        return changed is not null;
    }

    private static bool Says(string yaml, string name, string table, string code, string? meaning) =>
        MappingFile.TryParse(yaml, name, out var file, out _) && file.Tables[table].TryGet(code, out var said) && said == meaning;
}
