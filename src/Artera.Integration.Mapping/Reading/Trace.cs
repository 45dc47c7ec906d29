namespace Artera.Integration.Mapping.Reading;

/// <summary>Notes where each value came from, for the dry run; mapping itself does without.</summary>
internal sealed class Trace
{
    private readonly List<(int Index, FieldReading Reading)> readings = [];

    /// <summary>By group, then in the order of the mapping language.</summary>
    public IReadOnlyList<FieldReading> InOrder =>
        [.. readings.OrderBy(entry => entry.Reading.Group).ThenBy(entry => entry.Index).Select(entry => entry.Reading)];

    public List<string> Skipped { get; } = [];

    public int Group { get; set; } = 1;

    /// <summary>What a person should know of the value that is read next.</summary>
    public string? Note { get; set; }

    public void Add(MappingField field, string? value, CompiledSource? source, string? text)
    {
        readings.Add((field.Index, new(Group, field.Name, value, source?.Written, text, source?.Table?.Name, Note)));
        Note = null;
    }
}
