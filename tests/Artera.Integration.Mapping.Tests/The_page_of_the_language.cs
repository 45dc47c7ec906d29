namespace Artera.Integration.Mapping.Tests;

public class The_page_of_the_language
{
    private static readonly string Page = File.ReadAllText(Path.Combine(MappingsFolder.Path, "README.md"));

    [Fact]
    public void Names_every_field_and_every_event_word() =>
        MappingFields.All.Select(field => field.Key).Concat(EventActions.Words.Keys).Where(word => !Page.Contains($"`{word}`", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Shows_a_mapping_that_can_be_read() => Mapped.Errors(Page.Split("```yaml")[1].Split("```")[0]).ShouldBeEmpty();

    [Fact]
    public void Shows_a_FHIR_mapping_that_can_be_read() =>
        MappingFile.TryParse(Page.Split("```yaml")[2].Split("```")[0], "fhir.yaml", out _, out var errors).ShouldBeTrue(string.Join('\n', errors));

    [Fact]
    public void Names_every_folder() =>
        Golden.GoldenSample.Mappings(MappingsFolder.Path).Select(mapping => Path.GetFileName(Path.GetDirectoryName(mapping)!)).Where(folder => !Page.Contains($"`{folder}`", StringComparison.Ordinal)).ShouldBeEmpty();
}
