using System.Text.Json;
using Artera.Integration.Mapping.Yaml;

namespace Artera.Integration.Mapping.Tests;

public class The_schema_knows_what_the_loader_knows
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(MappingsFolder.Path, "hl7.schema.json"))).RootElement;

    [Fact]
    public void At_the_top() => Keys("properties").ShouldBe(MappingFileReader.Keys, ignoreOrder: true);

    [Fact]
    public void In_every_section()
    {
        foreach (var section in MappingFields.Sections)
            Keys("properties", section, "properties").ShouldBe(MappingFields.All.Where(field => field.Section == section).Select(field => field.Key), ignoreOrder: true);
    }

    [Fact]
    public void Of_event_actions() => At("properties", "events", "additionalProperties", "enum").EnumerateArray().Select(word => word.GetString())
        .ShouldBe(EventActions.Words.Keys, ignoreOrder: true);

    [Fact]
    public void Of_skip_rules() => Keys("properties", "skip", "items", "properties").ShouldBe(EventsReader.SkipKeys, ignoreOrder: true);

    [Fact]
    public void Of_write_back()
    {
        Keys("properties", "writeback", "properties").ShouldBe(WriteBackReader.Keys, ignoreOrder: true);
        Keys("properties", "writeback", "properties", "from", "properties").ShouldBe(WriteBackReader.PartyKeys, ignoreOrder: true);
        At("$defs", "answer", "oneOf").EnumerateArray().Last().GetProperty("properties").EnumerateObject().Select(key => key.Name)
            .ShouldBe(WriteBackReader.AnswerKeys, ignoreOrder: true);
    }

    [Fact]
    public void Of_a_FHIR_mapping()
    {
        var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(MappingsFolder.Path, "fhir.schema.json"))).RootElement.GetProperty("properties");
        Names(schema).ShouldBe(MappingFileReader.Keys, ignoreOrder: true);
        Names(schema.GetProperty("writeback").GetProperty("properties")).ShouldBe(FhirWriteBackReader.Keys, ignoreOrder: true);
        foreach (var section in MappingFields.Sections)
            Names(schema.GetProperty(section).GetProperty("properties")).ShouldBe(MappingFields.Of(MessageForm.Fhir).Where(field => field.Section == section).Select(field => field.Key), ignoreOrder: true);
        schema.GetProperty("events").GetProperty("additionalProperties").GetProperty("enum").EnumerateArray().Select(word => word.GetString())
            .ShouldBe(EventActions.WordsOf(MessageForm.Fhir).Keys, ignoreOrder: true);
        Names(schema.GetProperty("skip").GetProperty("items").GetProperty("properties")).ShouldBe(EventsReader.SkipKeys, ignoreOrder: true);

        static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(key => key.Name);
    }

    [Fact]
    public void Every_mapping_names_it_for_the_editor()
    {
        foreach (var mapping in Golden.GoldenSample.Mappings(MappingsFolder.Path))
            File.ReadLines(mapping).First().ShouldBe($"# yaml-language-server: $schema=../{(MessageForms.Of(mapping) == MessageForm.Fhir ? "fhir" : "hl7")}.schema.json", mapping);
    }

    private static IEnumerable<string> Keys(params string[] path) => At(path).EnumerateObject().Select(key => key.Name);

    private static JsonElement At(params string[] path) => path.Aggregate(Schema, (node, key) => node.GetProperty(key));
}
