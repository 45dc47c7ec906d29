using Artera.Integration.Mapping.Values;

namespace Artera.Integration.Mapping.Tests;

public class When_a_language_is_read
{
    private const string WithTable = "tables: { languages: { E: en, \"CD:151\": es, X: ~, otherwise: en }, ";

    [Theory]
    [InlineData("en", "en")]
    [InlineData("SPA", "es")]
    [InlineData("chi", "zh")]
    [InlineData("zho", "zh")]
    [InlineData("fre", "fr")]
    [InlineData("fra", "fr")]
    [InlineData("ger", "de")]
    [InlineData("deu^German^ISO639-2", "de")]
    [InlineData("hmn", "hmn")]
    [InlineData("Spanish", "es")]
    [InlineData("  spanish ", "es")]
    [InlineData("Spanish; Castilian", "es")]
    [InlineData("HAITIAN CREOLE", "ht")]
    [InlineData("Chinese (Cantonese)", "yue")]
    [InlineData("Chinese - Mandarin", "zh")]
    [InlineData("American Sign Language", "ase")]
    [InlineData("es-MX", "es-MX")]
    [InlineData("es_MX", "es-MX")]
    [InlineData("zh-Hant", "zh-Hant")]
    [InlineData("17^Vietnamese", "vi")]
    [InlineData("17^^L^kor^Korean", "ko")]
    [InlineData("17^^L^K1^Korean", "ko")]
    public void It_is(string field, string tag) => Mapped.Patient($"PID|1||1||||||||||||{field}").Facts().Language.Value.ShouldBe(tag);

    [Theory]
    [InlineData("E", "en")]
    [InlineData("cd:151", "es")]
    [InlineData("SPA", "es")]
    [InlineData("Elvish", "en")]
    public void The_mappings_table_comes_first_and_its_otherwise_last(string field, string tag) =>
        Mapped.Patient($"PID|1||1||||||||||||{field}", TableYaml).Facts().Language.Value.ShouldBe(tag);

    [Theory]
    [InlineData("X")]
    [InlineData("und")]
    [InlineData("")]
    public void Nothing_is_said(string field) => Mapped.Patient($"PID|1||1||||||||||||{field}", TableYaml).Facts().Language.IsNothing.ShouldBeTrue();

    [Fact]
    public void What_nobody_knows_holds_the_message_and_names_the_code()
    {
        var yaml = TableYaml.Replace(", otherwise: en", "", StringComparison.Ordinal);

        var result = Mapped.Patient("PID|1||1||||||||||||Elvish", yaml);

        result.Outcome.ShouldBe(MappingOutcome.Held);
        result.Causes.ShouldBe([new("unknown-code", "patient.language", "PID-15", "Elvish", "languages")]);
    }

    [Fact]
    public void The_null_removes_it() => Mapped.Patient("PID|1||1||||||||||||\"\"").Facts().Language.IsErased.ShouldBeTrue();

    [Fact]
    public void Every_name_and_code_of_the_list_gives_a_tag_that_is_one()
    {
        using var reader = new StreamReader(typeof(Mapper).Assembly.GetManifestResourceStream("languages.txt")!);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ")).ToList();
        var codes = lines.SelectMany(line => line[0].Split(' ').Select(code => (Text: code, Tag: line[0].Split(' ')[0]))).ToList();
        var names = lines.SelectMany(line => line[1].Split("; ").Select(name => (Text: name, Tag: line[0].Split(' ')[0])));

        lines.Count.ShouldBeGreaterThan(300);
        codes.Concat(names.Where(name => !codes.Exists(code => string.Equals(code.Text, name.Text, StringComparison.OrdinalIgnoreCase))))
            .Where(known => Languages.Find(known.Text) != known.Tag || !Languages.IsTag(known.Tag)).ShouldBeEmpty();
    }

    private static string TableYaml => Mapped.Small
        .Replace("language: PID-15", "language: PID-15 via languages", StringComparison.Ordinal)
        .Replace("tables: {", WithTable, StringComparison.Ordinal);
}
