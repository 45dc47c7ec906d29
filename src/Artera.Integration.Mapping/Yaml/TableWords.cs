using Artera.Integration.Mapping.Values;

namespace Artera.Integration.Mapping.Yaml;

/// <summary>The words that a table may give to the fields which use it.</summary>
internal static class TableWords
{
    public static IEnumerable<string>? For(ValueKind kind) => kind switch
    {
        ValueKind.Status => Words.Statuses.Keys,
        ValueKind.Sex => Words.Sexes.Keys,
        ValueKind.Change => Words.Changes.Keys,
        ValueKind.Medium => Words.Media,
        ValueKind.Flag => Words.Flags.Keys,
        _ => null,
    };

    /// <summary>Why a table for fields of these kinds cannot give this meaning, or null when it can.</summary>
    public static string? Problem(IEnumerable<ValueKind> kinds, string? meaning) => meaning is null ? null : kinds
        .Select(kind => Problem(kind, meaning))
        .FirstOrDefault(problem => problem is not null);

    private static string? Problem(ValueKind kind, string meaning)
    {
        if (kind == ValueKind.Language)
            return Languages.IsTag(meaning) ? null : $"'{meaning}' is not a language tag such as en or es-MX";
        var words = For(kind);
        return words is null || words.Contains(meaning, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"'{meaning}' is not one of {string.Join(", ", words)}";
    }
}
