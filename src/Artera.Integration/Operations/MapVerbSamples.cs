using Artera.Integration.Mapping;
using Artera.Integration.Mapping.Golden;

namespace Artera.Integration.Operations;

/// <summary>Golden samples on the command line: 0 all as expected, 1 a sample differs, 2 a mapping is invalid.</summary>
internal sealed class MapVerbSamples(string folder, MapVerb verb, TextWriter output, TextWriter error)
{
    private int invalid;

    public int Check()
    {
        var (count, wrong) = (0, 0);
        foreach (var (sample, mapper) in All())
        {
            count++;
            if (IsAsExpected(sample, mapper))
                continue;
            wrong++;
        }

        output.WriteLine($"{count} samples, {wrong} not as expected, {invalid} mappings invalid");
        return invalid > 0 ? 2 : wrong > 0 ? 1 : 0;
    }

    public int Accept()
    {
        var (count, written) = (0, 0);
        foreach (var (sample, mapper) in All())
        {
            count++;
            if (!sample.Accept(mapper))
                continue;
            written++;
            output.WriteLine(sample.Expected);
        }

        output.WriteLine($"{count} samples, {written} written, {invalid} mappings invalid");
        return invalid > 0 ? 2 : 0;
    }

    private IEnumerable<(GoldenSample Sample, Mapper Mapper)> All()
    {
        foreach (var mapping in GoldenSample.Mappings(folder))
        {
            if (verb.Load(mapping) is not { } mapper)
            {
                invalid++;
                continue;
            }

            foreach (var sample in GoldenSample.Of(mapping))
                yield return (sample, mapper);
        }
    }

    private bool IsAsExpected(GoldenSample sample, Mapper mapper)
    {
        if (sample.ReadExpected() is not { } expected)
        {
            error.WriteLine($"{sample.Message}: nothing says what is expected; write it with map --accept");
            return false;
        }

        var differences = LineDifferences.Between(expected.Split('\n'), sample.Actual(mapper).Split('\n'));
        if (differences.Count > 0)
            error.WriteLine($"{sample.Expected}:");
        foreach (var line in differences)
            error.WriteLine($"  {line}");
        return differences.Count == 0;
    }
}
