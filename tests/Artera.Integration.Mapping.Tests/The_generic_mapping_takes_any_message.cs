using System.Text;
using Artera.Integration.Mapping.Golden;
using Artera.Integration.Mapping.Hl7;
using Artera.Integration.Mapping.Tests.Hl7;
using CsCheck;

namespace Artera.Integration.Mapping.Tests;

public class The_generic_mapping_takes_any_message
{
    private static readonly Mapper Generic = MappingsFolder.Mapper("generic");

    private static readonly string[] Pieces = ["|", "^", "~", "&", "\\", "\"\"", "\r", "00000000"];

    [Fact]
    public void Of_the_public_corpus()
    {
        var outcomes = new Dictionary<MappingOutcome, int>();
        foreach (var message in Corpus.Files("hl7").Select(file => Hl7Message.TryRead(File.ReadAllBytes(file), out _)).OfType<Hl7Message>())
        {
            var outcome = Told(message).Outcome;
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", outcomes));
        outcomes.Keys.ShouldContain(MappingOutcome.Understood);
    }

    [Fact]
    public void Of_its_own_samples_with_anything_broken_in_them()
    {
        var samples = GoldenSample.Of(Path.Combine(MappingsFolder.Path, "generic", "hl7.yaml")).Select(sample => File.ReadAllBytes(sample.Message)).ToArray();

        Gen.Select(Gen.Int[0, samples.Length - 1].Select(i => samples[i]), Gen.Int[8, 2000], Gen.Int[0, 12], Gen.OneOf(Gen.Byte.Array[0, 4], Gen.Int[0, Pieces.Length - 1].Select(i => Encoding.ASCII.GetBytes(Pieces[i]))))
            .Sample((raw, at, cut, with) =>
            {
                at = Math.Min(at, raw.Length);
                byte[] broken = [.. raw[..at], .. with, .. raw[Math.Min(raw.Length, at + cut)..]];
                if (Hl7Message.TryRead(broken, out _) is { } message)
                    Told(message);
            },
            iter: 3000);
    }

    /// <summary>Mapping, explaining and filing agree, and nothing is ever silent.</summary>
    private static MappingResult Told(Hl7Message message)
    {
        var result = Generic.Map(message, Mapped.Context);
        (result.Events.Count > 0).ShouldBe(result.Outcome == MappingOutcome.Understood);
        (result.Causes.Count > 0 || result.Outcome == MappingOutcome.Understood).ShouldBeTrue();
        result.Events.ShouldAllBe(happened => happened.Patient.Id.Length > 0);

        var explained = Generic.Explain(message, Mapped.Context).Result;
        ResultYaml.Write(explained, Mapped.Chicago).ShouldBe(ResultYaml.Write(result, Mapped.Chicago));
        _ = Generic.Keys(message);
        return result;
    }
}
