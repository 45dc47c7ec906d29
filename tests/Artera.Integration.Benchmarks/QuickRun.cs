using System.Diagnostics;

namespace Artera.Integration.Benchmarks;

/// <summary>A few seconds instead of minutes: the median of many short rounds, and the bytes of one.</summary>
internal static class QuickRun
{
    private const int Rounds = 2_001;
    private const int PerRound = 100;

    public static int Print()
    {
        var picking = new PickingFields();
        var mapping = new MappingAVisit();
        (string Name, Func<int> Run)[] all =
        [
            ("split into a tree, pick 25", picking.SplitIntoATree),
            ("read by position, pick 25", picking.ReadByPosition),
            ("  open only", picking.OnlyOpen),
            ("  find 25, no strings", picking.OnlyFind),
            ("acknowledge", picking.Acknowledge),
            ("map by generic", mapping.Map),
            ("  identifiers only", mapping.Keys),
            ("  with explanation", mapping.Explain),
        ];

        foreach (var (_, run) in all) Measure(run);
        var results = Array.ConvertAll(all, one => Measure(one.Run));
        Console.WriteLine($"message: {Visit.Bytes.Length} bytes; median of {Rounds} rounds of {PerRound}");
        Console.WriteLine($"{"",-28}{"us",8}{"KiB",8}{"ratio",8}");
        foreach (var ((name, _), (microseconds, kibibytes)) in all.Zip(results))
            Console.WriteLine(FormattableString.Invariant($"{name,-28}{microseconds,8:0.00}{kibibytes,8:0.00}{microseconds / results[0].Microseconds,8:0.000}"));

        return 0;
    }

    private static (double Microseconds, double Kibibytes) Measure(Func<int> run)
    {
        var times = new double[Rounds];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < PerRound; i++) run();
            times[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / PerRound;
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Rounds * PerRound);
        Array.Sort(times);
        return (times[Rounds / 2], bytes / 1024);
    }
}
