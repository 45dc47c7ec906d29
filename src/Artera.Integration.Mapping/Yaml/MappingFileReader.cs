using System.Diagnostics.CodeAnalysis;
using Artera.Integration.Mapping.Fhir;
using NodaTime;
using YamlDotNet.Core;

namespace Artera.Integration.Mapping.Yaml;

/// <summary>Reads the parts of a mapping file and checks that they fit together.</summary>
internal sealed class MappingFileReader(string name, MappingErrors errors, MessageForm form)
{
    public static readonly IReadOnlyList<string> Keys =
        ["emr", "version", "zone", "events", "skip", .. MappingFields.Sections, "tables", "writeback"];

    private readonly Dictionary<MappingField, FieldRule> rules = [];
    private readonly TableReader tables = new(errors);
    private readonly EventsReader eventsReader = new(errors, form);
    private readonly Dictionary<string, YamlText> keys = new(StringComparer.Ordinal);
    private Dictionary<string, EventAction> events = [];
    private List<SkipRule> skip = [];
    private WriteBackTemplate? writeBack;
    private FhirWriteBackTemplate? fhirWriteBack;
    private string emr = "";
    private string? version;
    private DateTimeZone? zone;

    public static bool TryRead(string yaml, string name, [NotNullWhen(true)] out MappingFile? file, out IReadOnlyList<MappingError> found)
    {
        var errors = new MappingErrors(name);
        file = null;
        try
        {
            if (YamlTree.Read(yaml) is { } root)
                file = new MappingFileReader(name, errors, MessageForms.Of(name)).Read(root);
            else
                errors.Add(new(1, 1), "the file is empty");
        }
        catch (YamlException bad)
        {
            errors.Add(new(Math.Max(1, (int)bad.Start.Line), Math.Max(1, (int)bad.Start.Column)), $"this is not YAML: {bad.Message}");
        }

        found = errors.InOrder;
        if (errors.Any)
            file = null;
        return file is not null;
    }

    private MappingFile Read(YamlNode root)
    {
        foreach (var (key, value) in errors.Entries(root, "a mapping"))
        {
            keys[key.Value] = key;
            Part(key, value);
        }

        tables.Check(rules.Values);
        new Completeness(errors, keys, rules, events, form).Check();
        return new()
        {
            Name = name,
            Form = form,
            Emr = emr,
            Version = version,
            Zone = zone,
            Events = events,
            Skip = skip,
            Rules = rules,
            Tables = tables.Tables,
            WriteBack = writeBack,
            FhirWriteBack = fhirWriteBack,
        };
    }

    private void Part(YamlText key, YamlNode value)
    {
        switch (key.Value)
        {
            case "emr": emr = errors.Text(value, "emr")?.Value ?? ""; break;
            case "version": version = errors.Text(value, "version")?.Value; break;
            case "zone": zone = Zone(value); break;
            case "events": events = eventsReader.Events(value); break;
            case "skip": skip = eventsReader.Skip(value); break;
            case "tables": tables.Read(value); break;
            case "writeback" when form == MessageForm.Hl7: writeBack = new WriteBackReader(errors).Read(value); break;
            case "writeback": fhirWriteBack = new FhirWriteBackReader(errors).Read(value); break;
            case var section when MappingFields.Sections.Contains(section): Section(section, value); break;
            default: errors.Unknown(key, "key", Keys); break;
        }
    }

    private void Section(string section, YamlNode node)
    {
        var fields = MappingFields.Of(form).Where(field => field.Section == section).ToDictionary(field => field.Key, StringComparer.Ordinal);
        foreach (var (key, value) in errors.Entries(node, section))
        {
            if (fields.TryGetValue(key.Value, out var field))
                rules[field] = new(field, [.. Sources(field, value)]);
            else if (MappingFields.Of(form).FirstOrDefault(other => other.Key == key.Value) is { } elsewhere)
                errors.Add(key.Place, $"unknown key {section}.{key.Value}", elsewhere.Name);
            else
                errors.Unknown(key, "key", fields.Keys, section + ".");
        }
    }

    private IEnumerable<ValueSource> Sources(MappingField field, YamlNode value)
    {
        var texts = errors.Texts(value, field.Name).ToList();
        if (texts.Count == 0)
            errors.Add(value.Place, $"{field} takes a path or a list of paths");
        return texts.Select(text => form == MessageForm.Fhir ? new FhirSourceReader(errors).Read(text, field) : new SourceReader(errors).Read(text)).OfType<ValueSource>();
    }

    private DateTimeZone? Zone(YamlNode node)
    {
        if (errors.Text(node, "zone") is not { } text)
            return null;
        var known = DateTimeZoneProviders.Tzdb;
        if (known.GetZoneOrNull(text.Value) is { } found)
            return found;
        errors.Unknown(text, "time zone", known.Ids);
        return null;
    }
}
