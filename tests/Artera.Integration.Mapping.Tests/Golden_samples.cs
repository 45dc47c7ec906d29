using System.Text.RegularExpressions;
using Artera.Integration.Mapping.Golden;

namespace Artera.Integration.Mapping.Tests;

public partial class Golden_samples
{
    public static IEnumerable<TheoryDataRow<string>> Samples() => GoldenSample.Mappings(MappingsFolder.Path)
        .SelectMany(GoldenSample.Of)
        .Select(sample => new TheoryDataRow<string>(Path.GetRelativePath(MappingsFolder.Path, sample.Message).Replace('\\', '/')));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Mean_what_is_expected(string sample)
    {
        var golden = Golden(sample);

        golden.Actual(MappingsFolder.Mapper(sample.Split('/')[0], FormOf(sample))).ShouldBe(golden.ReadExpected());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Are_synthetic(string sample)
    {
        var text = File.ReadAllText(Golden(sample).Message);

        if (FormOf(sample) == MessageForm.Hl7)
            text.ShouldNotContain('\n', "HL7 segments end in CR");
        Numbers().Matches(text).Select(match => match.Value)
            .ShouldAllBe(number => number.Contains("55501") || number.Contains("555-01") || number.Contains("0000"));
    }

    [GeneratedRegex(@"(?<!\d)(\(\d{3}\)|\d{3}[-. ]?)\d{3}-?\d{4}(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Numbers();

    private static MessageForm FormOf(string sample) => sample.EndsWith(".json", StringComparison.Ordinal) ? MessageForm.Fhir : MessageForm.Hl7;

    private static GoldenSample Golden(string sample) =>
        new(Path.Combine(MappingsFolder.Path, sample.Split('/')[0], FormOf(sample).FileName()), Path.Combine(MappingsFolder.Path, sample));
}
