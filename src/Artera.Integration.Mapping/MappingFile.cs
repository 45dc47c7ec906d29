using System.Diagnostics.CodeAnalysis;
using Artera.Integration.Mapping.Fhir;
using Artera.Integration.Mapping.Yaml;
using NodaTime;

namespace Artera.Integration.Mapping;

/// <summary>A mapping file, read and checked: what the messages of one EMR mean. <c>mappings/README.md</c> has the language.</summary>
public sealed record MappingFile
{
    /// <summary>The file as the caller named it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is a mapping of.</summary>
    public MessageForm Form { get; init; }

    /// <summary>The EMR, for people.</summary>
    public required string Emr { get; init; }

    /// <summary>The file's own version, or null; kept with what a message was mapped by.</summary>
    public string? Version { get; init; }

    /// <summary>The zone of local times, when the mapping fixes it for the whole feed; else the feed's own.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>What goes back over MLLP (<c>hl7.yaml</c>), or null when nothing does.</summary>
    public WriteBackTemplate? WriteBack { get; init; }

    /// <summary>What goes back over FHIR (<c>fhir.yaml</c>), or null when nothing does.</summary>
    public FhirWriteBackTemplate? FhirWriteBack { get; init; }

    /// <summary>True when the mapping has words for answers of patients.</summary>
    public bool SpeaksBack => WriteBack is not null || FhirWriteBack is not null;

    /// <summary>The events that mean something by this mapping, as its file names them; what it ignores is not among them.</summary>
    public IEnumerable<string> EventNames => Events.Where(happened => happened.Value != EventAction.Ignore).Select(happened => happened.Key);

    internal IReadOnlyDictionary<string, EventAction> Events { get; init; } = new Dictionary<string, EventAction>();

    internal IReadOnlyList<SkipRule> Skip { get; init; } = [];

    internal IReadOnlyDictionary<MappingField, FieldRule> Rules { get; init; } = new Dictionary<MappingField, FieldRule>();

    internal IReadOnlyDictionary<string, CodeTable> Tables { get; init; } = new Dictionary<string, CodeTable>();

    /// <summary>Reads a mapping file, or the one of a folder that is for a form of messages.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="form">Which one of a folder: <c>hl7.yaml</c> or <c>fhir.yaml</c>.</param>
    /// <param name="file">The mapping when there is no error.</param>
    /// <param name="errors">Every error of the file, in its order.</param>
    /// <returns>True when the file has no error.</returns>
    public static bool TryLoad(
        string path, [NotNullWhen(true)] out MappingFile? file, out IReadOnlyList<MappingError> errors, MessageForm form = MessageForm.Hl7)
    {
        var source = Directory.Exists(path) ? Path.Combine(path, form.FileName()) : path;
        if (File.Exists(source))
            return TryParse(File.ReadAllText(source), source, out file, out errors);
        file = null;
        errors = [new(source, 1, 1, "there is no such file")];
        return false;
    }

    /// <summary>Reads a mapping from its text.</summary>
    /// <param name="yaml">The text of the file.</param>
    /// <param name="name">How errors name the file.</param>
    /// <param name="file">The mapping when there is no error.</param>
    /// <param name="errors">Every error of the text, in its order.</param>
    /// <returns>True when the text has no error.</returns>
    public static bool TryParse(string yaml, string name, [NotNullWhen(true)] out MappingFile? file, out IReadOnlyList<MappingError> errors) =>
        MappingFileReader.TryRead(yaml, name, out file, out errors);

    /// <summary>This mapping with one more code in a table: how a person gives a held code its meaning.</summary>
    /// <param name="table">The table, as <see cref="Cause.Table"/> names it.</param>
    /// <param name="code">The EMR's code, as <see cref="Cause.Value"/> gives it.</param>
    /// <param name="meaning">A word that the table's field knows; null when the code says nothing.</param>
    /// <param name="file">The mapping with the code.</param>
    /// <param name="error">What is wrong with the table or the word, else null.</param>
    /// <returns>True when the table is known and the word fits.</returns>
    public bool TryAddCode(string table, string code, string? meaning, [NotNullWhen(true)] out MappingFile? file, [NotNullWhen(false)] out string? error)
    {
        file = null;
        error = Tables.TryGetValue(table, out var known) ? TableWords.Problem(Kinds(table), meaning) : $"there is no table {table}";
        if (error is not null)
            return false;
        file = this with { Tables = new Dictionary<string, CodeTable>(Tables, StringComparer.Ordinal) { [table] = known!.With(code, meaning) } };
        return true;
    }

    /// <summary>True when the table says what the code means, be it that it says nothing.</summary>
    /// <param name="table">The table, as <see cref="Cause.Table"/> names it.</param>
    /// <param name="code">The EMR's code.</param>
    public bool Knows(string table, string code) => Tables.TryGetValue(table, out var known) && (known.HasOtherwise || known.TryGet(code, out _));

    /// <summary>The words that a table may give to its codes, in their order; empty when any word will do.</summary>
    /// <param name="table">The table, as <see cref="Cause.Table"/> names it.</param>
    public IReadOnlyList<string> WordsOf(string table) => [.. Kinds(table).SelectMany(kind => TableWords.For(kind) ?? []).Distinct(StringComparer.Ordinal)];

    private IEnumerable<ValueKind> Kinds(string table) =>
        Rules.Values.Where(rule => rule.Sources.Any(source => source.Table == table)).Select(rule => rule.Field.Kind);
}
