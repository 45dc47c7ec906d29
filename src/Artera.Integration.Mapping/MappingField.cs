namespace Artera.Integration.Mapping;

/// <summary>What a field's value is; it decides how the text of a message is read.</summary>
internal enum ValueKind
{
    Text,
    Code,
    Minutes,
    Date,
    Start,
    Status,
    Sex,
    Language,
    Flag,
    Medium,
    Phone,
    Email,
    Change,
}

/// <summary>One thing that a mapping can say where to find.</summary>
internal sealed record MappingField(int Index, string Section, string Key, ValueKind Kind, string Meaning)
{
    public string Name { get; } = $"{Section}.{Key}";

    public override string ToString() => Name;
}
