namespace Artera.Integration.Mapping.Yaml;

/// <summary>Collects what is wrong in one file, so that its editor hears of everything at once.</summary>
internal sealed class MappingErrors(string file)
{
    private readonly List<MappingError> found = [];

    public IReadOnlyList<MappingError> InOrder => [.. found.OrderBy(error => error.Line).ThenBy(error => error.Column)];

    public bool Any => found.Count > 0;

    public void Add(YamlPlace place, string message, string? suggestion = null) =>
        found.Add(new(file, place.Line, place.Column, message, suggestion));

    public void Unknown(YamlText written, string what, IEnumerable<string> known, string? prefix = null)
    {
        var near = Suggestion.For(written.Value, known);
        Add(written.Place, $"unknown {what} {prefix}{written.Value}", near is null ? null : prefix + near);
    }
}
