using Artera.Integration.Mapping.Golden;

namespace Artera.Integration.Operations;

/// <summary>Golden samples on the command line: 0 all as expected, 1 a sample differs, 2 a mapping is invalid.</summary>
internal static class MapVerbSamples
{
    public static int Check(string folder)
    {
        var (samples, wrong, invalid) = (0, 0, 0);
        foreach (var mapping in GoldenSample.Mappings(folder))
        {
            if (MapVerb.Load(mapping) is not { } mapper)
            {
                invalid++;
                continue;
            }

            foreach (var sample in GoldenSample.Of(mapping))
            {
                samples++;
                if (sample.ReadExpected() is not { } expected)
                {
                    wrong++;
                    Console.Error.WriteLine($"{sample.Message}: nothing says what is expected; write it with map --accept");
                }
                else if (Differences(expected, sample.Actual(mapper)) is { Count: > 0 } differences)
                {
                    wrong++;
                    Console.Error.WriteLine($"{sample.Expected}:");
                    differences.ForEach(line => Console.Error.WriteLine($"  {line}"));
                }
            }
        }

        Console.WriteLine($"{samples} samples, {wrong} not as expected, {invalid} mappings invalid");
        return invalid > 0 ? 2 : wrong > 0 ? 1 : 0;
    }

    public static int Accept(string folder)
    {
        var (samples, written, invalid) = (0, 0, 0);
        foreach (var mapping in GoldenSample.Mappings(folder))
        {
            if (MapVerb.Load(mapping) is not { } mapper)
            {
                invalid++;
                continue;
            }

            foreach (var sample in GoldenSample.Of(mapping))
            {
                samples++;
                if (!sample.Accept(mapper))
                    continue;
                written++;
                Console.WriteLine(sample.Expected);
            }
        }

        Console.WriteLine($"{samples} samples, {written} written, {invalid} mappings invalid; review what is written");
        return invalid > 0 ? 2 : 0;
    }

    /// <summary>Lines that went (-) and came (+), by their longest common run.</summary>
    private static List<string> Differences(string expected, string actual)
    {
        var (before, after) = (expected.Split('\n'), actual.Split('\n'));
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        List<string> lines = [];
        for (var (i, j) = (0, 0); i < before.Length || j < after.Length;)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
                (i, j) = (i + 1, j + 1);
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
                lines.Add("- " + before[i++]);
            else
                lines.Add("+ " + after[j++]);
        }

        return lines;
    }
}
